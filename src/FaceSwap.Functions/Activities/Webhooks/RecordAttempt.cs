using FaceSwap.Webhooks.Deliveries;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Webhooks;

/// <summary>Writes an attempt into the delivery's log.</summary>
public sealed class RecordAttempt(DeliveryLog log)
{
    [Function(nameof(RecordAttempt))]
    public Task RunAsync([ActivityTrigger] RecordAttemptInput input, CancellationToken cancellationToken) =>
        log.RecordAsync(input.Delivery, input.Attempt, input.Status, input.NextAttemptAt, cancellationToken);
}

public sealed record RecordAttemptInput(DeliveryKey Delivery, LoggedAttempt Attempt, DeliveryStatus Status, DateTimeOffset? NextAttemptAt);
