using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>DELETE /api/batches/{id}</c>: removes a batch with its jobs and all that is kept of them: 204, or 202 for one that is cancelled first.</summary>
public sealed class DeleteBatch(RouteEdge edge, BatchReader batches, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    [Function(nameof(DeleteBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "batches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var reading = await batches.ReadAsync(id, caller, client, cancellationToken);
            await BatchRemoval.StartAsync(reading.Input.Batch, client, cancellationToken);
            return reading.HasEnded && await BatchRemoval.WaitAsync(id, LongestWait, client, time, cancellationToken)
                ? Results.NoContent()
                : BatchAnswers.Accepted(reading.View);
        });
}
