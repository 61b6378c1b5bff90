using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>DELETE /api/webhook-endpoints/{id}</c>: deletes an endpoint; deliveries to it that are under way end with their next attempt.</summary>
public sealed class DeleteWebhookEndpoint(RouteEdge edge, WebhookEndpoints endpoints)
{
    [Function(nameof(DeleteWebhookEndpoint))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "webhook-endpoints/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            await endpoints.DeleteAsync(caller.Id, id, cancellationToken);
            return Results.NoContent();
        });
}
