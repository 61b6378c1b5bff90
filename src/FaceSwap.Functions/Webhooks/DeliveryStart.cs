using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Webhooks;

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
    /// <remarks>
    /// A run whose attempts could not be recorded ends unknown to the record. Its id is used up, and starting it again would
    /// start nothing: the next one that has not ended is taken.
    /// </remarks>
    /// <param name="lastRun">The newest run that the record knows of.</param>
    public async Task AgainAsync(DurableTaskClient client, DeliveryKey key, int lastRun, CancellationToken cancellationToken)
    {
        var run = lastRun + 1;
        while (await client.GetInstanceAsync(key.InstanceId(run), cancellationToken) is { IsCompleted: true })
        {
            run++;
        }

        await RunAsync(client, key, run, cancellationToken);
    }

    private Task RunAsync(DurableTaskClient client, DeliveryKey key, int run, CancellationToken cancellationToken) => client.StartOnceAsync(
        Orchestrators.WebhookDelivery, key.InstanceId(run), new WebhookDeliveryInput(key, run, options.Value.Waits()), cancellationToken);
}

/// <summary>The input of a delivery.</summary>
/// <param name="Delivery">What is sent, and to whom.</param>
/// <param name="Run">1, or a redelivery's number.</param>
/// <param name="Waits">The wait before each attempt, as configured when the delivery began.</param>
public sealed record WebhookDeliveryInput(DeliveryKey Delivery, int Run, IReadOnlyList<TimeSpan> Waits);
