using Microsoft.Extensions.Hosting;

namespace FaceSwap.Storage;

/// <summary>Makes sure at start that the container exists, so that no request has to.</summary>
internal sealed class StorageStartup(BlobStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.EnsureContainerAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
