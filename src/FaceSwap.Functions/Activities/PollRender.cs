using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Asks once how far a render is.</summary>
public sealed class PollRender(NemoRenders renders)
{
    [Function(nameof(PollRender))]
    public Task<StepResult<RenderReading>> RunAsync([ActivityTrigger] RenderInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => renders.PollAsync(input.RenderId, cancellationToken));
}
