using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>POST /api/jobs/{id}/cancel</c>: has a job end soon, and answers 202 with where to see how.</summary>
public sealed class CancelJob(RouteEdge edge, JobCancel cancel, JobReader jobs)
{
    [Function(nameof(CancelJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await cancel.RequestAsync(id, caller, client, cancellationToken);
            var job = await jobs.ViewAsync(reading, cancellationToken);
            return JobAnswers.Accepted(job, JobJson.Default.JobView, job);
        });
}
