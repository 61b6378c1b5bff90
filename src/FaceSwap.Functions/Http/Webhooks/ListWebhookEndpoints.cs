using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>GET /api/webhook-endpoints</c>: all endpoints, those of the configuration and the one that stands for jobs included.</summary>
public sealed class ListWebhookEndpoints(RouteEdge edge, WebhookEndpoints endpoints)
{
    [Function(nameof(ListWebhookEndpoints))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints")] HttpRequest request,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var all = await endpoints.ListAsync(caller.Id, cancellationToken);
            return Results.Json(new EndpointListBody([.. all.Select(EndpointView.Of)]), WebhooksApiJson.Default.EndpointListBody);
        });
}

/// <summary>All of a caller's webhook endpoints; their number is limited.</summary>
public sealed record EndpointListBody(IReadOnlyList<EndpointView> Endpoints);
