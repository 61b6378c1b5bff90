using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints/{id}/deliveries</c>: the endpoint's deliveries, newest first; <c>?status=failed</c> shows the dead letters.</summary>
public sealed class ListWebhookDeliveries(RouteEdge edge, WebhookEndpoints endpoints, DeliveryLog log, PageCursors cursors)
{
    [Function(nameof(ListWebhookDeliveries))]
    public Task<IResult> RunAsync(
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
