using FaceSwap.Functions.Instances;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Timers;

/// <summary>Every quarter of an hour: removes jobs, and all else, that have been kept long enough.</summary>
public sealed class RemoveOldJobs(Retention retention)
{
    [Function(nameof(RemoveOldJobs))]
    public Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        retention.RunAsync(client, cancellationToken);
}
