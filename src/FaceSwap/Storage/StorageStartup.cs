using Azure;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.Storage;

/// <summary>Makes sure at start that the container exists, so that no request has to.</summary>
internal sealed class StorageStartup(BlobStore store) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.EnsureContainerAsync(cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or FormatException)
        {
            throw new InvalidOperationException(
                "The storage account does not answer. Check Storage:ServiceUri or Storage:ConnectionString, and that the app's identity may write blobs; locally, start Azurite.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
