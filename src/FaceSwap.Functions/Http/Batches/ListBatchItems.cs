using System.Globalization;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>GET /api/batches/{id}/items</c>: the batch's items in their order, each as it is now.</summary>
public sealed class ListBatchItems(RouteEdge edge, BatchReader batches, BatchResults results, PageCursors cursors)
{
    private const int DefaultLimit = 50;

    [Function(nameof(ListBatchItems))]
    public Task<IResult> RunAsync(
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
}

/// <summary>Some items of a batch.</summary>
/// <param name="Items">The items, in their order.</param>
/// <param name="Cursor">What to ask the next page with; absent on the last.</param>
public sealed record BatchItemsBody(IReadOnlyList<BatchItemView> Items, string? Cursor);
