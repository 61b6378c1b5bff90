using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>POST /api/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver</c>: sends a delivery again, under the same <c>webhook-id</c>.</summary>
public sealed class RedeliverWebhook(RouteEdge edge, WebhookEndpoints endpoints, DeliveryStart deliveries, DeliveryLog log, ApiAddress address)
{
    [Function(nameof(RedeliverWebhook))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver")] HttpRequest request,
        string id,
        string deliveryId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var (owner, apiBase) = (caller.Id, address.Of(request));
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            var key = new DeliveryKey(owner, endpoint.Id, deliveryId);
            var delivery = await log.GetAsync(key, cancellationToken);
            await deliveries.AgainAsync(client, key, delivery.Run, cancellationToken);
            return await DeliveryAnswers.AcceptedAsync(log, key, apiBase, cancellationToken);
        });
}
