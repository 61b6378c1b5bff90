using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints/{id}</c>: one endpoint.</summary>
public sealed class GetWebhookEndpoint(RouteEdge edge, WebhookEndpoints endpoints)
{
    [Function(nameof(GetWebhookEndpoint))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var endpoint = await endpoints.GetAsync(caller.Id, id, cancellationToken);
            return Results.Json(EndpointView.Of(endpoint), WebhooksApiJson.Default.EndpointView);
        });
}
