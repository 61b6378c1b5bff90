using FaceSwap.Batches;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>GET /api/batches/{id}</c>: the batch as it is now.</summary>
public sealed class GetBatch(RouteEdge edge, BatchReader batches)
{
    [Function(nameof(GetBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
            Results.Json((await batches.ReadAsync(id, caller, client, cancellationToken)).View, BatchJson.Default.BatchView));
}
