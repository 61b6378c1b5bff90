using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>POST /api/schedules/{id}/resume</c>: a paused schedule is due again, from now on; times that passed meanwhile are not made good.</summary>
public sealed class ResumeSchedule(RouteEdge edge, ScheduleControl control, TimeProvider time)
{
    [Function(nameof(ResumeSchedule))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "schedules/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var resumed = await control.ChangeAsync(caller, id, schedule => schedule with { IsPaused = false }, client, cancellationToken);
            return Results.Json(ScheduleView.Of(resumed, time.GetUtcNow()), ScheduleJson.Default.ScheduleView);
        });
}
