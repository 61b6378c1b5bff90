using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Webhooks;

/// <summary>The steps of a delivery, and of a recovery.</summary>
public sealed class DeliverySteps(DeliveryAttempts attempts, DeliveryLog log, DeliveryStart deliveries)
{
    /// <summary>Makes one attempt to deliver a webhook.</summary>
    [Function(nameof(AttemptWebhook))]
    public Task<WebhookAttempt> AttemptWebhook([ActivityTrigger] AttemptWebhookInput input, CancellationToken cancellationToken) =>
        attempts.MakeAsync(input.Delivery, input.Run, cancellationToken);

    /// <summary>Writes an attempt into the delivery's log.</summary>
    [Function(nameof(RecordAttempt))]
    public Task RecordAttempt([ActivityTrigger] RecordAttemptInput input, CancellationToken cancellationToken) =>
        log.RecordAsync(input.Delivery, input.Attempt, input.Status, input.NextAttemptAt, cancellationToken);

    private const int PageSize = 50;

    /// <summary>Sends the given-up deliveries of one page of the log again.</summary>
    /// <returns>Where the next page begins; null when all that is recent enough was looked at.</returns>
    [Function(nameof(RecoverDeliveries))]
    public async Task<string?> RecoverDeliveries(
        [ActivityTrigger] WebhookRecoveryInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var page = await log.PageAsync(input.Owner, input.EndpointId, input.Cursor, PageSize, cancellationToken);
        var recent = page.Deliveries.TakeWhile(delivery => DeliveryKey.IsSince(delivery.Id, input.Since)).ToArray();
        foreach (var failed in recent.Where(delivery => delivery.Status == DeliveryStatus.Failed))
        {
            await deliveries.AgainAsync(client, new DeliveryKey(input.Owner, input.EndpointId, failed.Id), failed.Run, cancellationToken);
        }

        return recent.Length == page.Deliveries.Count ? page.Cursor : null;
    }
}

public sealed record AttemptWebhookInput(DeliveryKey Delivery, int Run);

public sealed record RecordAttemptInput(DeliveryKey Delivery, LoggedAttempt Attempt, DeliveryStatus Status, DateTimeOffset? NextAttemptAt);

/// <summary>The input of a recovery.</summary>
/// <param name="Owner">The endpoint's owner.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Since">Messages of this moment and later are sent again.</param>
/// <param name="Cursor">The page of the log it has come to; null: the newest.</param>
public sealed record WebhookRecoveryInput(string Owner, string EndpointId, DateTimeOffset Since, string? Cursor = null);
