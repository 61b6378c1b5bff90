using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints/{id}/deliveries/{deliveryId}</c>: one delivery with its payload and its attempts.</summary>
public sealed class GetWebhookDelivery(RouteEdge edge, WebhookEndpoints endpoints, DeliveryLog log)
{
    [Function(nameof(GetWebhookDelivery))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}/deliveries/{deliveryId}")] HttpRequest request,
        string id,
        string deliveryId,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var owner = caller.Id;
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            var delivery = await log.GetAsync(new DeliveryKey(owner, endpoint.Id, deliveryId), cancellationToken);
            return Results.Json(DeliveryView.WithPayload(delivery), WebhooksApiJson.Default.DeliveryView);
        });
}
