using Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaceSwap.Storage;

/// <summary>Makes sure at start that the container exists, so that no request has to.</summary>
/// <remarks>The store is resolved at start and not before, so that the validation of all settings comes first.</remarks>
internal sealed class StorageStartup(IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<BlobStore>().EnsureContainerAsync(cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or FormatException || StorageFailures.IsAway(e, cancellationToken))
        {
            throw new IOException(
                "The storage account does not answer. Check Storage:ServiceUri or Storage:ConnectionString, and that the app's identity may write blobs; locally, start Azurite.", e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
