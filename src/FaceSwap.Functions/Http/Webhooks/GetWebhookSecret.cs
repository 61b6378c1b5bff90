using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints/{id}/secret</c>: the secret with which receivers verify the endpoint's webhooks.</summary>
public sealed class GetWebhookSecret(WebhookEndpoints endpoints, WebhookSecrets secrets)
{
    [Function(nameof(GetWebhookSecret))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}/secret")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var owner = RequestCaller.Of(request);
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            return Results.Json(SecretBody.Of(secrets, owner, endpoint), ApiJson.Default.SecretBody);
        });
}
