using FaceSwap.Batches;
using FaceSwap.Functions.Instances;
using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Batches;

/// <summary>Starts the deliveries of a batch's event, an instance each, under ids that a second run finds taken.</summary>
public sealed class TellBatch(DeliveryStart deliveries)
{
    [Function(nameof(TellBatch))]
    public Task RunAsync([ActivityTrigger] TellBatchInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        deliveries.StartAsync(client, input.Webhooks, WebhookMessage.Of(input.Type, BatchView.Of(input.Batch, input.Status)), cancellationToken);
}

/// <summary>What happened to a batch.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Webhooks">Who may hear of it.</param>
/// <param name="Type">What happened.</param>
/// <param name="Status">The batch as it was then.</param>
public sealed record TellBatchInput(BatchInput Batch, IReadOnlyList<WebhookTarget> Webhooks, string Type, BatchStatus Status);
