using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Webhooks;

/// <summary>Makes one attempt to deliver a webhook.</summary>
public sealed class AttemptWebhook(DeliveryAttempts attempts)
{
    [Function(nameof(AttemptWebhook))]
    public Task<WebhookAttempt> RunAsync([ActivityTrigger] AttemptWebhookInput input, CancellationToken cancellationToken) =>
        attempts.MakeAsync(input.Delivery, input.Run, cancellationToken);
}

public sealed record AttemptWebhookInput(DeliveryKey Delivery, int Run);
