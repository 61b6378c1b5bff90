using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Stores the finished video in Blob Storage.</summary>
public sealed class StoreResult(RenderDownloads downloads)
{
    [Function(nameof(StoreResult))]
    public Task<StepResult<StagedMedia>> RunAsync([ActivityTrigger] StoreResultInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => downloads.StoreAsync(input.JobId, input.RenderId, input.Address, cancellationToken));
}
