using FaceSwap.Errors;
using FaceSwap.Functions.Activities.Webhooks;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Functions.Instances;
using FaceSwap.Webhooks.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Http.Webhooks;

/// <summary><c>POST /api/webhook-endpoints/{id}/recover</c>: sends every given-up delivery since a time again.</summary>
public sealed class RecoverWebhooks(RouteEdge edge, WebhookEndpoints endpoints, ApiAddress address, TimeProvider time)
{
    [Function(nameof(RecoverWebhooks))]
    public Task<IResult> RunAsync(
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

/// <summary>Which given-up deliveries are sent again: those of messages of this moment and later.</summary>
public sealed record RecoverBody(DateTimeOffset? Since = null);
