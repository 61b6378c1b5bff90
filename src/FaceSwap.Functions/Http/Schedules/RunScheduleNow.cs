using FaceSwap.Batches;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>POST /api/schedules/{id}/run</c>: runs a schedule at once, besides its times, and answers 202 with the run.</summary>
public sealed class RunScheduleNow(RouteEdge edge, ScheduleControl control, ScheduleRuns runs, TimeProvider time)
{
    [Function(nameof(RunScheduleNow))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules/{id}/run")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var schedule = await control.GetAsync(caller, id, cancellationToken);
            await runs.CheckAsync(schedule, client, cancellationToken);
            var now = time.GetUtcNow();
            await ScheduleControl.RunAsync(schedule, now, client, cancellationToken);
            var run = new ScheduleRun(now, ScheduleRunStatus.Requested, now, BatchIds.OfRun(schedule.Id, now), IsManual: true);
            var view = ScheduleRunView.Of(run, schedule);
            var answer = Results.Json(view, SchedulesApiJson.Default.ScheduleRunView, statusCode: StatusCodes.Status202Accepted);
            return new HeaderedResult(answer, headers => headers.Location = view.Batch);
        });
}
