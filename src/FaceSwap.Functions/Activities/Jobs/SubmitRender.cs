using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Renders;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

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

public sealed record SubmitRenderInput(string JobId, string SessionId, string RenderId);

/// <summary>A render that was asked for.</summary>
/// <param name="Observed">How long the last renders took; it plans the polls.</param>
public sealed record RenderTicket(IReadOnlyList<TimeSpan> Observed);
