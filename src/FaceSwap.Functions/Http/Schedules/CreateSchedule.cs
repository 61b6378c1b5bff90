using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>POST /api/schedules</c>: creates a schedule and answers it with its next five times and where it is.</summary>
public sealed class CreateSchedule(RouteEdge edge, ScheduleRequests requests, ScheduleControl control, TimeProvider time)
{
    [Function(nameof(CreateSchedule))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var (schedule, jobs) = await requests.ReadAsync(request, caller, cancellationToken);
            await control.CreateAsync(schedule, jobs, client, cancellationToken);
            var view = ScheduleView.Of(schedule, time.GetUtcNow());
            var answer = Results.Json(view, ScheduleJson.Default.ScheduleView, statusCode: StatusCodes.Status201Created);
            return new HeaderedResult(answer, headers => headers.Location = view.Links.Self);
        });
}
