using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>PATCH /api/schedules/{id}</c>: changes when a schedule is due; times before the change count no more.</summary>
public sealed class ChangeSchedule(RouteEdge edge, ScheduleRequests requests, ScheduleControl control, TimeProvider time)
{
    [Function(nameof(ChangeSchedule))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "schedules/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var change = await requests.ReadPatchAsync(request, cancellationToken);
            var changed = await control.ChangeAsync(caller, id, change, client, cancellationToken);
            return Results.Json(ScheduleView.Of(changed, time.GetUtcNow()), ScheduleJson.Default.ScheduleView);
        });
}
