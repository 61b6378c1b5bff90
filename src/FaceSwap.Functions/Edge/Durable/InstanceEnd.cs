namespace FaceSwap.Functions.Edge.Durable;

/// <summary>The ends of instances of our own: waited for, or made.</summary>
internal static class InstanceEnd
{
    /// <summary>Waits until an instance has done what it was started for.</summary>
    /// <returns>False when that took longer than this time, or failed.</returns>
    public static async Task<bool> EndsWithinAsync(
        this DurableTaskClient client, string instanceId, TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return (await client.WaitForInstanceCompletionAsync(instanceId, either.Token)).RuntimeStatus == OrchestrationRuntimeStatus.Completed;
        }
        catch (Exception) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Removes an instance's history. One that runs cannot be purged, and is ended: it finds nothing to do any more.</summary>
    public static async Task DropAsync(this DurableTaskClient client, string instanceId, CancellationToken cancellationToken)
    {
        switch (await client.GetInstanceAsync(instanceId, cancellationToken))
        {
            case { IsCompleted: true }:
                await client.PurgeInstanceAsync(instanceId, cancellationToken);
                break;
            case not null:
                await client.TerminateInstanceAsync(instanceId, cancellationToken);
                break;
        }
    }
}
