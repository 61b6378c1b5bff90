using FaceSwap.Batches;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>GET /api/batches</c>: the caller's batches, newest first.</summary>
public sealed class ListBatches(RouteEdge edge, BatchIndex index, BatchReader batches, PageCursors cursors)
{
    private const int DefaultLimit = 20;

    [Function(nameof(ListBatches))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var listing = $"batches:{caller.Id}";
            var (cursor, limit) = request.Query.Page(DefaultLimit);
            var page = await index.PageAsync(caller.Id, cursors.Read(listing, cursor), limit, cancellationToken);

            // Of one whose start died there is nothing yet.
            var found = await Task.WhenAll(page.Names.Select(id => batches.FindAsync(id, client, cancellationToken)));
            var views = found.OfType<BatchReading>().Select(reading => reading.View);
            return Results.Json(new BatchListBody([.. views], cursors.Write(listing, page.Cursor)), BatchesApiJson.Default.BatchListBody);
        });
}

/// <summary>One page of the caller's batches.</summary>
/// <param name="Batches">The batches, newest first.</param>
/// <param name="Cursor">What to ask the next page with; absent on the last.</param>
public sealed record BatchListBody(IReadOnlyList<BatchView> Batches, string? Cursor);
