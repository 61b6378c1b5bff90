using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>GET /api/schedules/{id}</c>: the schedule, with its next five times.</summary>
public sealed class GetSchedule(RouteEdge edge, ScheduleControl control, TimeProvider time)
{
    [Function(nameof(GetSchedule))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "schedules/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
            Results.Json(ScheduleView.Of(await control.GetAsync(caller, id, cancellationToken), time.GetUtcNow()), ScheduleJson.Default.ScheduleView));
}
