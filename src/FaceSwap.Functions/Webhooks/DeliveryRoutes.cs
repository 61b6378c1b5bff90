using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Functions.Webhooks;

/// <summary>The routes of an endpoint's deliveries.</summary>
public sealed class DeliveryRoutes(
    RouteEdge edge, WebhookEndpoints endpoints, DeliveryLog log, PageCursors cursors, DeliveryStart deliveries, ApiAddress address, TimeProvider time)
{
    /// <summary><c>GET /api/webhook-endpoints/{id}/deliveries</c>: the endpoint's deliveries, newest first; <c>?status=failed</c> shows the dead letters.</summary>
    [Function(nameof(ListWebhookDeliveries))]
    public Task<IResult> ListWebhookDeliveries(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}/deliveries")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var owner = caller.Id;
            var query = DeliveryQuery.Of(request.Query);
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            var listing = $"deliveries:{owner}/{endpoint.Id}";
            var page = await log.PageAsync(owner, endpoint.Id, cursors.Read(listing, query.Cursor), query.Limit, cancellationToken);
            var shown = page.Deliveries.Where(delivery => query.Status is null || delivery.Status == query.Status).Select(DeliveryView.Of);
            return Results.Json(new DeliveryListBody([.. shown], cursors.Write(listing, page.Cursor)), WebhooksApiJson.Default.DeliveryListBody);
        });

    /// <summary><c>GET /api/webhook-endpoints/{id}/deliveries/{deliveryId}</c>: one delivery with its payload and its attempts.</summary>
    [Function(nameof(GetWebhookDelivery))]
    public Task<IResult> GetWebhookDelivery(
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

    /// <summary><c>POST /api/webhook-endpoints/{id}/deliveries/{deliveryId}/redeliver</c>: sends a delivery again, under the same <c>webhook-id</c>.</summary>
    [Function(nameof(RedeliverWebhook))]
    public Task<IResult> RedeliverWebhook(
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

    /// <summary><c>POST /api/webhook-endpoints/{id}/recover</c>: sends every given-up delivery since a time again.</summary>
    [Function(nameof(RecoverWebhooks))]
    public Task<IResult> RecoverWebhooks(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhook-endpoints/{id}/recover")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var (owner, apiBase) = (caller.Id, address.Of(request));
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            var body = await JsonBodyReader.ReadAsync(request, WebhooksApiJson.Default.RecoverBody, cancellationToken);
            var since = body.Since ?? throw new FaceSwapException(ErrorCodes.InvalidRequest, "'since' must be a time such as 2026-01-31T09:00:00Z.");
            var instance = $"recovery-{Guid.CreateVersion7(time.GetUtcNow()):N}";
            await client.StartOnceAsync(Orchestrators.WebhookRecovery, instance, new WebhookRecoveryInput(owner, endpoint.Id, since), cancellationToken);
            return Results.Accepted($"{apiBase}/webhook-endpoints/{endpoint.Id}/deliveries");
        });
}

/// <summary>Which page of the log is asked for.</summary>
/// <param name="Cursor">What the page before came with, as the caller sent it, or null.</param>
/// <param name="Limit">How many deliveries at most.</param>
/// <param name="Status">Only those in this state; null: all.</param>
internal sealed record DeliveryQuery(string? Cursor, int Limit, DeliveryStatus? Status)
{
    private const int DefaultLimit = 50;

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>.</exception>
    public static DeliveryQuery Of(IQueryCollection query) => new(
        query.Only("limit", "cursor", "status").Cursor(),
        query.Limit(DefaultLimit),
        query.One("status") is { } status ? ReadStatus(status) : null);

    private static DeliveryStatus ReadStatus(string text) => text switch
    {
        "pending" => DeliveryStatus.Pending,
        "delivered" => DeliveryStatus.Delivered,
        "failed" => DeliveryStatus.Failed,
        _ => throw new FaceSwapException(ErrorCodes.InvalidRequest, "'status' must be pending, delivered or failed."),
    };
}

/// <summary>One page of an endpoint's deliveries, newest first.</summary>
/// <param name="Deliveries">The deliveries; with a filter a page may hold fewer than asked for, or none, though more follow.</param>
/// <param name="Cursor">For the next page; absent: this is the last.</param>
public sealed record DeliveryListBody(IReadOnlyList<DeliveryView> Deliveries, string? Cursor);

/// <summary>Which given-up deliveries are sent again: those of messages of this moment and later.</summary>
public sealed record RecoverBody(DateTimeOffset? Since = null);
