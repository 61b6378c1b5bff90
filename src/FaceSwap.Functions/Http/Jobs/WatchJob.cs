using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}/events</c>: the job as a stream of server-sent events, each the whole job, until it ends.</summary>
public sealed class WatchJob(RouteEdge edge, JobReader jobs, JobWatches watches, TimeProvider time)
{
    [Function(nameof(WatchJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            var seen = SeenEvents.By(request);
            return reading.Outcome is not null && JobWatches.NumberOf(await jobs.ViewAsync(reading, cancellationToken)) <= seen
                ? SeenEvents.NothingMore
                : new SnapshotEvents<JobView>("job", token => watches.WatchAsync(id, client, token), seen, time);
        });
}
