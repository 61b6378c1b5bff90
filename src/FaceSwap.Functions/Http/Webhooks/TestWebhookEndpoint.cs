using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>POST /api/webhook-endpoints/{id}/test</c>: sends the endpoint a <c>webhook.test</c>, delivered like any other message.</summary>
public sealed class TestWebhookEndpoint(RouteEdge edge, WebhookEndpoints endpoints, DeliveryStart deliveries, DeliveryLog log, ApiAddress address, TimeProvider time)
{
    [Function(nameof(TestWebhookEndpoint))]
    public Task<IResult> RunAsync(
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
