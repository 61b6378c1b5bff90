using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Stores the finished video in Blob Storage, and remembers how long its render took.</summary>
public sealed class StoreResult(RenderDownloads downloads, RenderTimesStore times, StepEdge edge)
{
    [Function(nameof(StoreResult))]
    public Task<StepResult<StagedMedia>> RunAsync([ActivityTrigger] StoreResultInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                var (id, address, duration) = input.Render;
                var result = await downloads.StoreAsync(input.JobId, id, address, token);
                await times.ObserveAsync(duration, token);
                return result;
            },
            cancellationToken);
}

public sealed record StoreResultInput(string JobId, FinishedRender Render);

/// <summary>A render that the backend has finished.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Address">Where the video lies, if the backend said so.</param>
/// <param name="Duration">How long it took: by the backend's clock, or as the polls found it.</param>
public sealed record FinishedRender(string Id, string? Address, TimeSpan Duration);
