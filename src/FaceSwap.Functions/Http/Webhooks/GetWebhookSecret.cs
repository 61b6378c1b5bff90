using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints/{id}/secret</c>: the secret with which receivers verify the endpoint's webhooks.</summary>
public sealed class GetWebhookSecret(RouteEdge edge, WebhookEndpoints endpoints, WebhookSecrets secrets)
{
    [Function(nameof(GetWebhookSecret))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}/secret")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var owner = caller.Id;
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            return Results.Json(SecretBody.Of(secrets, owner, endpoint), WebhooksApiJson.Default.SecretBody);
        });
}

/// <summary>The secrets that sign an endpoint's webhooks.</summary>
/// <param name="Key">The one that verifies what is sent from now on.</param>
/// <param name="FormerSignUntil">When the former ones, which sign beside it, stop, latest first; absent: none does.</param>
public sealed record SecretBody(string Key, IReadOnlyList<DateTimeOffset>? FormerSignUntil)
{
    internal static SecretBody Of(WebhookSecrets secrets, string owner, WebhookEndpoint endpoint)
    {
        DateTimeOffset[] former = [.. secrets.Retired(endpoint).Select(retired => retired.SignsUntil)];
        return new SecretBody(secrets.Current(owner, endpoint), former.Length == 0 ? null : former);
    }
}
