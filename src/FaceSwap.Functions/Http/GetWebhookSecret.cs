using FaceSwap.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http;

/// <summary><c>GET /api/webhooks/default/secret</c>: the secret with which receivers verify webhooks that jobs name.</summary>
public sealed class GetWebhookSecret(WebhookSecrets secrets)
{
    [Function(nameof(GetWebhookSecret))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Function, "get", Route = "webhooks/default/secret")] HttpRequest request) =>
        Results.Json(new SecretBody(secrets.For(WebhookSecrets.DefaultEndpoint)), ApiJson.Default.SecretBody);
}
