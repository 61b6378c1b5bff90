using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>POST /api/webhook-endpoints/{id}/rotate-secret</c>: takes a new secret; the old one signs beside it for a day.</summary>
public sealed class RotateWebhookSecret(RouteEdge edge, WebhookEndpoints endpoints, WebhookSecrets secrets)
{
    [Function(nameof(RotateWebhookSecret))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhook-endpoints/{id}/rotate-secret")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var owner = caller.Id;
            var endpoint = await endpoints.RotateAsync(owner, id, cancellationToken);
            return Results.Json(SecretBody.Of(secrets, owner, endpoint), WebhooksApiJson.Default.SecretBody);
        });
}
