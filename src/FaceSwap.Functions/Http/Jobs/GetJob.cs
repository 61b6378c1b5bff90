using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>GET /api/jobs/{id}</c>: the job's stage, percentage, timeline, error and links.</summary>
public sealed class GetJob(RouteEdge edge, JobReader jobs)
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
            return Results.Json(await jobs.ViewAsync(reading, cancellationToken), JobJson.Default.JobView);
        });
}
