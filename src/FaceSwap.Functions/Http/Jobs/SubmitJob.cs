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
            var job = await intake.AcceptAsync(request, client, cancellationToken);
            var view = JobViews.Of(job, null, null, null);
            return JobAnswers.Accepted(view, JobJson.Default.JobView, view);
        });
}
