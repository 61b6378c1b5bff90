using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>PATCH /api/webhook-endpoints/{id}</c>: changes address, filter or description, or stops and resumes sending.</summary>
public sealed class ChangeWebhookEndpoint(RouteEdge edge, EndpointRequests requests, WebhookEndpoints endpoints)
{
    [Function(nameof(ChangeWebhookEndpoint))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "patch", Route = "webhook-endpoints/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var patch = await requests.ReadPatchAsync(request, cancellationToken);
            var changed = await endpoints.ChangeAsync(
                caller.Id, id, endpoint => EndpointRequests.Apply(patch, endpoint), cancellationToken);
            return Results.Json(EndpointView.Of(changed), WebhooksApiJson.Default.EndpointView);
        });
}
