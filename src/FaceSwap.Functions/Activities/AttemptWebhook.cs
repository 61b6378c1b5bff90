using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Makes one attempt to deliver a webhook.</summary>
public sealed class AttemptWebhook(WebhookSender sender)
{
    [Function(nameof(AttemptWebhook))]
    public Task<WebhookAttempt> RunAsync([ActivityTrigger] WebhookMessage message, CancellationToken cancellationToken) =>
        sender.SendAsync(message, cancellationToken);
}
