using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

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
