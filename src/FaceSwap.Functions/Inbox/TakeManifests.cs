namespace FaceSwap.Functions.Inbox;

/// <summary>At the times of <c>BATCH_SCHEDULE</c>: makes batches of the files that were dropped into the inbox, and moves those that are done with.</summary>
public sealed class TakeManifests(BatchInbox inbox)
{
    [Function(nameof(TakeManifests))]
    public Task RunAsync([TimerTrigger("%BATCH_SCHEDULE%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        inbox.RunAsync(client, cancellationToken);
}
