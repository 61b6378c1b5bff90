using FaceSwap.Errors;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Cancels a render that its job has left; one that is over already needs none.</summary>
public sealed class CancelRender(NemoRenders renders, StepEdge edge)
{
    [Function(nameof(CancelRender))]
    public Task<StepResult<bool>> RunAsync([ActivityTrigger] RenderInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                await renders.CancelAsync(input.RenderId, token);
                return true;
            },
            cancellationToken);
}
