using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Starts deliveries: first the record, then the instance, so that whoever runs this again completes it.</summary>
public sealed class DeliveryStart(DeliveryLog log, IOptions<WebhookOptions> options)
{
    private const int ParallelStarts = 8;

    /// <summary>Starts the delivery of a message to every target that hears of its type, each once.</summary>
    public async Task<IReadOnlyList<DeliveryKey>> StartAsync(
        DurableTaskClient client, IEnumerable<WebhookTarget> targets, WebhookMessage message, CancellationToken cancellationToken)
    {
        var opened = await log.OpenAsync(targets.Where(target => target.Hears(message.Type)), message, cancellationToken);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelStarts, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(opened, parallel, async (key, cancellation) => await RunAsync(client, key, 1, cancellation));
        return opened;
    }

    /// <summary>Sends a delivery again. The next run's id follows from the last run: asking twice starts one.</summary>
    public Task AgainAsync(DurableTaskClient client, DeliveryKey key, int lastRun, CancellationToken cancellationToken) =>
        RunAsync(client, key, lastRun + 1, cancellationToken);

    private Task RunAsync(DurableTaskClient client, DeliveryKey key, int run, CancellationToken cancellationToken) => client.StartOnceAsync(
        nameof(WebhookDelivery), key.InstanceId(run), new WebhookDeliveryInput(key, run, options.Value.Waits()), cancellationToken);
}
