using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Asks once how far a render is.</summary>
public sealed class PollRender(NemoRenders renders, StepEdge edge)
{
    [Function(nameof(PollRender))]
    public Task<StepResult<RenderReading>> RunAsync([ActivityTrigger] RenderInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => renders.PollAsync(input.RenderId, token), cancellationToken);
}

public sealed record RenderInput(string RenderId);
