using FaceSwap.Functions.Http.Edge;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>POST /api/jobs</c>: takes a job in and answers 202 with where to follow it.</summary>
public sealed class SubmitJob(JobIntake intake)
{
    [Function(nameof(SubmitJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var started = await intake.AcceptAsync(request, client, cancellationToken);
            return JobAnswers.Started(started.View, JobJson.Default.JobView, started);
        });
}
