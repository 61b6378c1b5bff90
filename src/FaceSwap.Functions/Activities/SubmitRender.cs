using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Asks for a render of the draft that was verified, under an id that the history already holds.</summary>
public sealed class SubmitRender(NemoRenders renders, RenderTimesStore times, JobDocuments documents, StepEdge edge)
{
    [Function(nameof(SubmitRender))]
    public Task<StepResult<RenderTicket>> RunAsync([ActivityTrigger] SubmitRenderInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(
            async token =>
            {
                var draft = await documents.ReadDraftAsync(input.JobId, token);
                await renders.SubmitAsync(input.RenderId, input.SessionId, draft, token);
                return new RenderTicket(await times.ReadAsync(token));
            },
            cancellationToken);
}
