namespace FaceSwap.Functions.Retention;

/// <summary>Every quarter of an hour: removes jobs, and all else, that have been kept long enough.</summary>
public sealed class RemoveOldJobs(JobRetention retention)
{
    [Function(nameof(RemoveOldJobs))]
    public Task RunAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        retention.RunAsync(client, cancellationToken);
}
