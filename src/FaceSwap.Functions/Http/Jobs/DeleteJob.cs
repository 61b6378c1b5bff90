using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary><c>DELETE /api/jobs/{id}</c>: removes a job with all that is kept of it: 204, or 202 for one that is cancelled first.</summary>
public sealed class DeleteJob(RouteEdge edge, JobCancel cancel, JobReader jobs, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    [Function(nameof(DeleteJob))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "jobs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await jobs.ReadAsync(id, caller, client, cancellationToken);
            if (reading.Outcome is null)
            {
                await CancelAsync(id, caller, client, cancellationToken);
            }

            await JobRemoval.StartAsync(reading.Job, client, cancellationToken);
            if (reading.Outcome is not null && await JobRemoval.WaitAsync(id, LongestWait, client, time, cancellationToken))
            {
                return Results.NoContent();
            }

            var job = await jobs.ViewAsync(reading, cancellationToken);
            return JobAnswers.Accepted(job, JobJson.Default.JobView, job);
        });

    private async Task CancelAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            await cancel.RequestAsync(id, caller, client, cancellationToken);
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.JobEnded)
        {
            // It has ended by itself.
        }
    }
}
