using FaceSwap.Functions.Http.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Batches;

/// <summary><c>POST /api/batches</c>: takes many jobs in at once and answers 202 with where to follow them; with <c>?validate_only=true</c> it only looks whether it would.</summary>
public sealed class SubmitBatch(RouteEdge edge, BatchIntake intake)
{
    [Function(nameof(SubmitBatch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            if (request.Query.IsValidation("concurrency", "on_error", "mode"))
            {
                return Results.Json(await intake.ValidateAsync(request, caller, cancellationToken), BatchesApiJson.Default.BatchValidationBody);
            }

            return BatchAnswers.Started(await intake.AcceptAsync(request, caller, client, cancellationToken));
        });
}
