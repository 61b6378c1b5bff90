using FaceSwap.Batches;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>GET /api/batches/{id}/events</c>: the batch as a stream of server-sent events, each the whole batch with its counts, until it ends.</summary>
public sealed class WatchBatch(RouteEdge edge, BatchReader batches, BatchWatches watches, TimeProvider time)
{
    [Function(nameof(WatchBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "batches/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await batches.ReadAsync(id, caller, client, cancellationToken);
            var seen = SeenEvents.By(request);
            return reading.HasEnded && BatchWatches.NumberOf(reading) <= seen
                ? SeenEvents.NothingMore
                : new SnapshotEvents<BatchView>("batch", token => watches.WatchAsync(id, client, token), seen, time);
        });
}
