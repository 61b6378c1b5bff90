using FaceSwap.Batches;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>GET /api/batches/{id}/results</c>: all items as JSON lines; of a batch that has ended, the manifest that was stored then.</summary>
public sealed class GetBatchResults(RouteEdge edge, BatchReader batches, BatchDocuments documents, BatchResults results)
{
    private const string JsonLines = "application/jsonl";

    [Function(nameof(GetBatchResults))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches/{id}/results")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var batch = (await batches.ReadAsync(id, caller, client, cancellationToken)).Input.Batch;
            var lines = await documents.ReadResultsAsync(id, cancellationToken) ?? await results.WriteAsync(batch, client, cancellationToken);
            return Results.Bytes(lines, JsonLines);
        });
}
