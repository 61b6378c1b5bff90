using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Brings a media file that was given by address, or uploaded before, to its job; one that came with the request is there already.</summary>
public sealed class StageMedia(MediaStaging staging, StepEdge edge)
{
    [Function(nameof(StageMedia))]
    public Task<StepResult<StagedMedia>> RunAsync([ActivityTrigger] StageMediaInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            input.JobId,
            async token => input.Source switch
            {
                { Staged: { } staged } => staged,
                { Upload: { } upload } => await staging.TakeAsync(input.JobId, input.Role, upload, token, input.Source.Name),
                { Library: { } path } => await staging.TakeFromLibraryAsync(input.JobId, input.Role, path, token, input.Source.Name),
                { Address: var address } => await staging.FetchAsync(input.JobId, input.Role, address!, token, input.Source.Name),
            },
            cancellationToken);
}

public sealed record StageMediaInput(string JobId, MediaRole Role, MediaSource Source);
