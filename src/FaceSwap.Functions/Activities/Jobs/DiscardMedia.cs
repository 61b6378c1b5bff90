using FaceSwap.Media;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Removes the media of a job that never came to use them.</summary>
public sealed class DiscardMedia(MediaStaging staging)
{
    [Function(nameof(DiscardMedia))]
    public Task RunAsync([ActivityTrigger] string jobId, CancellationToken cancellationToken) => staging.DiscardAsync(jobId, cancellationToken);
}
