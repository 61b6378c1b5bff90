using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Functions.Webhooks;

/// <summary>The routes of webhook endpoints.</summary>
public sealed class EndpointRoutes(
    RouteEdge edge, EndpointRequests requests, WebhookEndpoints endpoints, ApiAddress address, WebhookSecrets secrets, DeliveryStart deliveries, DeliveryLog log, TimeProvider time)
{
    /// <summary><c>POST /api/webhook-endpoints</c>: creates an endpoint and answers it with where it is.</summary>
    [Function(nameof(CreateWebhookEndpoint))]
    public Task<IResult> CreateWebhookEndpoint(
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

    /// <summary><c>GET /api/webhook-endpoints</c>: all endpoints, those of the configuration and the one that stands for jobs included.</summary>
    [Function(nameof(ListWebhookEndpoints))]
    public Task<IResult> ListWebhookEndpoints(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints")] HttpRequest request,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var all = await endpoints.ListAsync(caller.Id, cancellationToken);
            return Results.Json(new EndpointListBody([.. all.Select(EndpointView.Of)]), WebhooksApiJson.Default.EndpointListBody);
        });

    /// <summary><c>GET /api/webhook-endpoints/{id}</c>: one endpoint.</summary>
    [Function(nameof(GetWebhookEndpoint))]
    public Task<IResult> GetWebhookEndpoint(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var endpoint = await endpoints.GetAsync(caller.Id, id, cancellationToken);
            return Results.Json(EndpointView.Of(endpoint), WebhooksApiJson.Default.EndpointView);
        });

    /// <summary><c>PATCH /api/webhook-endpoints/{id}</c>: changes address, filter or description, or stops and resumes sending.</summary>
    [Function(nameof(ChangeWebhookEndpoint))]
    public Task<IResult> ChangeWebhookEndpoint(
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

    /// <summary><c>DELETE /api/webhook-endpoints/{id}</c>: deletes an endpoint; deliveries to it that are under way end with their next attempt.</summary>
    [Function(nameof(DeleteWebhookEndpoint))]
    public Task<IResult> DeleteWebhookEndpoint(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "webhook-endpoints/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            await endpoints.DeleteAsync(caller.Id, id, cancellationToken);
            return Results.NoContent();
        });

    /// <summary><c>GET /api/webhook-endpoints/{id}/secret</c>: the secret with which receivers verify the endpoint's webhooks.</summary>
    [Function(nameof(GetWebhookSecret))]
    public Task<IResult> GetWebhookSecret(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "webhook-endpoints/{id}/secret")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var owner = caller.Id;
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            return Results.Json(SecretBody.Of(secrets, owner, endpoint), WebhooksApiJson.Default.SecretBody);
        });

    /// <summary><c>POST /api/webhook-endpoints/{id}/rotate-secret</c>: takes a new secret; the old one signs beside it for a day.</summary>
    [Function(nameof(RotateWebhookSecret))]
    public Task<IResult> RotateWebhookSecret(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhook-endpoints/{id}/rotate-secret")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var owner = caller.Id;
            var endpoint = await endpoints.RotateAsync(owner, id, cancellationToken);
            return Results.Json(SecretBody.Of(secrets, owner, endpoint), WebhooksApiJson.Default.SecretBody);
        });

    /// <summary><c>POST /api/webhook-endpoints/{id}/test</c>: sends the endpoint a <c>webhook.test</c>, delivered like any other message.</summary>
    [Function(nameof(TestWebhookEndpoint))]
    public Task<IResult> TestWebhookEndpoint(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhook-endpoints/{id}/test")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        edge.RunAsync(request, async caller =>
        {
            var (owner, apiBase) = (caller.Id, address.Of(request));
            var endpoint = await endpoints.GetAsync(owner, id, cancellationToken);
            if (endpoint is not { IsEnabled: true, Url: not null })
            {
                throw new FaceSwapException(ErrorCodes.InvalidRequest, "The endpoint is disabled, or has no address of its own.");
            }

            var now = time.GetUtcNow();
            var target = new WebhookTarget(owner, id, null, endpoint.Events);
            var started = await deliveries.StartAsync(
                client, [target], WebhookMessage.Test(id, Guid.CreateVersion7(now), now), cancellationToken);
            return await DeliveryAnswers.AcceptedAsync(log, started.Single(), apiBase, cancellationToken);
        });
}

/// <summary>All of a caller's webhook endpoints; their number is limited.</summary>
public sealed record EndpointListBody(IReadOnlyList<EndpointView> Endpoints);

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
