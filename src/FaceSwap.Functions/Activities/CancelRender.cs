using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Cancels a render that its job has left; one that is over already needs none.</summary>
public sealed class CancelRender(NemoRenders renders)
{
    [Function(nameof(CancelRender))]
    public Task<StepResult<bool>> RunAsync([ActivityTrigger] RenderInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(async () =>
        {
            await renders.CancelAsync(input.RenderId, cancellationToken);
            return true;
        });
}
