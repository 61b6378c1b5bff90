using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Asks for a render of the draft that was verified, under an id that the history already holds.</summary>
public sealed class SubmitRender(NemoRenders renders, RenderTimesStore times, JobDocuments documents)
{
    [Function(nameof(SubmitRender))]
    public Task<StepResult<RenderTicket>> RunAsync([ActivityTrigger] SubmitRenderInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(async () =>
        {
            var draft = await documents.ReadDraftAsync(input.JobId, cancellationToken);
            await renders.SubmitAsync(input.RenderId, input.SessionId, draft, cancellationToken);
            return new RenderTicket(await times.ReadAsync(cancellationToken));
        });
}
