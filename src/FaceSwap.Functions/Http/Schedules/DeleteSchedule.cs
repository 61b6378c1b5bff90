using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Schedules;

/// <summary><c>DELETE /api/schedules/{id}</c>: deletes a schedule; batches that it started stay, and run on.</summary>
public sealed class DeleteSchedule(RouteEdge edge, ScheduleControl control)
{
    [Function(nameof(DeleteSchedule))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "schedules/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            await control.DeleteAsync(caller, id, client, cancellationToken);
            return Results.NoContent();
        });
}
