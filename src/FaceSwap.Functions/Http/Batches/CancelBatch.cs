using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>POST /api/batches/{id}/cancel</c>: no further item is started, and those under way are cancelled.</summary>
public sealed class CancelBatch(RouteEdge edge, BatchControl control)
{
    [Function(nameof(CancelBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller => BatchAnswers.Accepted((await control.CancelAsync(id, caller, client, cancellationToken)).View));
}
