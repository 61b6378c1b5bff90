using FaceSwap.Functions.Http.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>POST /api/batches/{id}/retry-failed</c>: a new batch of the items of an ended one that failed.</summary>
public sealed class RetryBatch(RouteEdge edge, BatchRetries retries)
{
    [Function(nameof(RetryBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/retry-failed")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => BatchAnswers.Started(await retries.AcceptAsync(request, id, caller, client, cancellationToken)));
}
