using FaceSwap.Functions.Http.Edge;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>GET /api/schedules</c>: all of the caller's schedules, oldest first.</summary>
public sealed class ListSchedules(RouteEdge edge, ScheduleDocuments schedules, TimeProvider time)
{
    [Function(nameof(ListSchedules))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "schedules")] HttpRequest request,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var all = await schedules.ListAsync(caller.Id, cancellationToken);
            return Results.Json(new ScheduleListBody([.. all.Select(schedule => ScheduleView.Of(schedule, time.GetUtcNow()))]), SchedulesApiJson.Default.ScheduleListBody);
        });
}

/// <summary>All of a caller's schedules; their number is limited.</summary>
public sealed record ScheduleListBody(IReadOnlyList<ScheduleView> Schedules);
