using FaceSwap.Functions.Instances;
using FaceSwap.Webhooks.Deliveries;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Webhooks;

/// <summary>Sends the given-up deliveries of one page of the log again.</summary>
public sealed class RecoverDeliveries(DeliveryLog log, DeliveryStart deliveries)
{
    private const int PageSize = 50;

    /// <returns>Where the next page begins; null when all that is recent enough was looked at.</returns>
    [Function(nameof(RecoverDeliveries))]
    public async Task<string?> RunAsync(
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

/// <summary>The input of a recovery.</summary>
/// <param name="Owner">The endpoint's owner.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Since">Messages of this moment and later are sent again.</param>
/// <param name="Cursor">The page of the log it has come to; null: the newest.</param>
public sealed record WebhookRecoveryInput(string Owner, string EndpointId, DateTimeOffset Since, string? Cursor = null);
