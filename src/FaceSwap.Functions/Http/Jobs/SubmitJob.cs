using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>POST /api/jobs</c>: takes a job in and answers 202 with where to follow it; with <c>?validate_only=true</c> it only looks whether it would.</summary>
public sealed class SubmitJob(RouteEdge edge, JobIntake intake, JobWatches watches)
{
    [Function(nameof(SubmitJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            if (request.Query.IsValidation())
            {
                return Results.Json(await intake.ValidateAsync(request, caller, client, cancellationToken), JobsApiJson.Default.ValidationBody);
            }

            var started = await intake.AcceptAsync(request, caller, client, cancellationToken);
            var wait = WaitPreference.Of(request);
            if (wait is { } most && await watches.WaitForEndAsync(started.View.Id, most, client, cancellationToken) is { } job)
            {
                started = started with { View = job };
            }

            return JobAnswers.Started(started.View, JobJson.Default.JobView, started).Applied(wait);
        });
}
