using System.Globalization;
using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Http;

namespace FaceSwap.Functions.Batches.Api;

/// <summary>The routes of a batch's items and results.</summary>
public sealed class BatchItemRoutes(RouteEdge edge, BatchReader batches, BatchResults results, PageCursors cursors, BatchDocuments documents)
{
    private const int DefaultLimit = 50;
    private const string JsonLines = "application/jsonl";

    /// <summary><c>GET /api/batches/{id}/items</c>: the batch's items in their order, each as it is now.</summary>
    [Function(nameof(ListBatchItems))]
    public Task<IResult> ListBatchItems(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches/{id}/items")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var batch = (await batches.ReadAsync(id, caller, client, cancellationToken)).Input.Batch;
            var listing = $"items:{id}";
            var (cursor, limit) = request.Query.Page(DefaultLimit);
            var first = cursors.Read(listing, cursor) is { } next ? int.Parse(next, CultureInfo.InvariantCulture) : 1;
            var items = await results.ReadAsync(batch, first, limit, client, cancellationToken);
            var following = first + limit <= batch.Items ? (first + limit).ToString(CultureInfo.InvariantCulture) : null;
            return Results.Json(new BatchItemsBody(items, cursors.Write(listing, following)), BatchesApiJson.Default.BatchItemsBody);
        });

    /// <summary><c>GET /api/batches/{id}/results</c>: all items as JSON lines; of a batch that has ended, the manifest that was stored then.</summary>
    [Function(nameof(GetBatchResults))]
    public Task<IResult> GetBatchResults(
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

/// <summary>Some items of a batch.</summary>
/// <param name="Items">The items, in their order.</param>
/// <param name="Cursor">What to ask the next page with; absent on the last.</param>
public sealed record BatchItemsBody(IReadOnlyList<BatchItemView> Items, string? Cursor);
