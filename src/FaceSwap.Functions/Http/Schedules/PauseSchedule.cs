using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>POST /api/schedules/{id}/pause</c>: a schedule is not due until it is resumed.</summary>
public sealed class PauseSchedule(RouteEdge edge, ScheduleControl control, TimeProvider time)
{
    [Function(nameof(PauseSchedule))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules/{id}/pause")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var paused = await control.ChangeAsync(caller, id, schedule => schedule with { IsPaused = true }, client, cancellationToken);
            return Results.Json(ScheduleView.Of(paused, time.GetUtcNow()), ScheduleJson.Default.ScheduleView);
        });
}
