using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints/{id}/deliveries</c>: the endpoint's deliveries, newest first; <c>?status=failed</c> shows the dead letters.</summary>
public sealed class ListWebhookDeliveries(WebhookEndpoints endpoints, DeliveryLog log, PageCursors cursors)
{
    [Function(nameof(ListWebhookDeliveries))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}/deliveries")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        Answers.RunAsync(async () =>
        {
            var owner = RequestCaller.Of(request);
            var query = DeliveryQuery.Of(request.Query);
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            var listing = $"deliveries:{owner}/{endpoint.Id}";
            var page = await log.PageAsync(owner, endpoint.Id, cursors.Read(listing, query.Cursor), query.Limit, cancellationToken);
            var shown = page.Deliveries.Where(delivery => query.Status is null || delivery.Status == query.Status).Select(DeliveryView.Of);
            return Results.Json(new DeliveryListBody([.. shown], cursors.Write(listing, page.Cursor)), ApiJson.Default.DeliveryListBody);
        });
}
