using FaceSwap.Errors;
using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Brings the media that was given by address into Blob Storage; files that came with the request are there already.</summary>
public sealed class StageMedia(MediaStaging staging)
{
    [Function(nameof(StageMedia))]
    public Task<StepResult<StagedPair>> RunAsync([ActivityTrigger] StageMediaInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(async () => new StagedPair(
            await StageAsync(input.JobId, MediaRole.Video, input.Video, cancellationToken),
            await StageAsync(input.JobId, MediaRole.Face, input.Face, cancellationToken)));

    private async Task<StagedMedia> StageAsync(string jobId, MediaRole role, MediaSource source, CancellationToken cancellationToken) =>
        source.Staged ?? await staging.FetchAsync(jobId, role, source.Address!, cancellationToken);
}
