using FaceSwap.Functions.Http.Edge;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>POST /api/webhook-endpoints</c>: creates an endpoint and answers it with where it is.</summary>
public sealed class CreateWebhookEndpoint(RouteEdge edge, EndpointRequests requests, WebhookEndpoints endpoints, ApiAddress address)
{
    [Function(nameof(CreateWebhookEndpoint))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhook-endpoints")] HttpRequest request,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var apiBase = address.Of(request);
            var body = await requests.ReadAsync(request, cancellationToken);
            var created = await endpoints.CreateAsync(caller.Id, body.Url!, body.Events, body.Description, cancellationToken);
            var location = $"{apiBase}/webhook-endpoints/{created.Id}";
            var answer = Results.Json(EndpointView.Of(created), WebhooksApiJson.Default.EndpointView, statusCode: StatusCodes.Status201Created);
            return new HeaderedResult(answer, headers => headers.Location = location);
        });
}
