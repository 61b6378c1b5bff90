using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>POST /api/batches/{id}/resume</c>: a paused batch goes on, when what it waited for is there.</summary>
public sealed class ResumeBatch(RouteEdge edge, BatchControl control)
{
    [Function(nameof(ResumeBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => BatchAnswers.Accepted((await control.ResumeAsync(id, caller, client, cancellationToken)).View));
}
