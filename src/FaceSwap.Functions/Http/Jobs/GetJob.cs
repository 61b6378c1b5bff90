using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}</c>: the job's stage, percentage, timeline, error and links; with <c>Prefer: wait=N</c> as soon as it has ended.</summary>
public sealed class GetJob(RouteEdge edge, JobReader jobs, JobWatches watches)
{
    [Function(nameof(GetJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "jobs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            var wait = WaitPreference.Of(request);
            var ended = wait is { } most && reading.Outcome is null ? await watches.WaitForEndAsync(id, most, client, cancellationToken) : null;
            return Results.Json(ended ?? await jobs.ViewAsync(reading, cancellationToken), JobJson.Default.JobView).Applied(wait);
        });
}
