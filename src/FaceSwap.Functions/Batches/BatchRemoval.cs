using System.Text.Json.Serialization;
using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Batches;

/// <summary>Removes batches that have ended, with all that is kept of them.</summary>
public sealed class BatchRemoval(
    BatchDocuments documents, BatchIndex batches, JobIndex jobs, JobRemoval removal, DeliveryLog deliveries, IdempotencyKeys keys)
{
    /// <summary>How many jobs, or histories of items, one step of a deletion removes at most, so that none comes near the limit of a step.</summary>
    public const int Window = 50;

    private const int AtOnce = 8;

    /// <summary>Has a batch cancelled, if it runs, and removed as soon as it has ended, whatever dies in between.</summary>
    public static Task StartAsync(BatchInput batch, DurableTaskClient client, CancellationToken cancellationToken) =>
        client.StartOnceAsync(Orchestrators.BatchDeletion, InstanceId(batch.Id), BatchIndex.MarkOf(batch), cancellationToken);

    /// <summary>Waits until a batch is removed.</summary>
    /// <returns>False when that took longer than this time.</returns>
    public static Task<bool> WaitAsync(string batchId, TimeSpan most, DurableTaskClient client, TimeProvider time, CancellationToken cancellationToken) =>
        client.EndsWithinAsync(InstanceId(batchId), most, time, cancellationToken);

    /// <summary>Takes a caller's deletion one step further: has the batch end, then removes its jobs and the histories of its items, a window at a time, and the batch itself at last.</summary>
    /// <remarks>Done again after it died, it goes on: a job is noted in its batch until nothing else is left of it.</remarks>
    public async Task<BatchRemovalState> GoOnAsync(BatchMark mark, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(mark.BatchId, cancellationToken) is { IsCompleted: false })
        {
            await CancelAsync(mark.BatchId, client, cancellationToken);
            return BatchRemovalState.Waiting;
        }

        // From here on nobody who comes with the key can start it again, while its jobs are gone and it is not.
        if (mark.Key is not null)
        {
            await keys.BuryAsync(mark.Key, cancellationToken);
        }

        var window = await jobs.MarksAsync(mark.BatchId, mark.Caller, cancellationToken).Take(Window).ToListAsync(cancellationToken);
        if (window.Count > 0)
        {
            return await RemoveJobsAsync(window, client, cancellationToken) ? BatchRemovalState.Removing : BatchRemovalState.Waiting;
        }

        var items = await client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = BatchIds.InstancesOf(mark.BatchId) })
            .Take(Window).ToListAsync(cancellationToken);
        if (items.Count > 0)
        {
            return await RemoveItemsAsync(items, client, cancellationToken) ? BatchRemovalState.Removing : BatchRemovalState.Waiting;
        }

        return await TryRemoveAsync(mark, withKey: false, client, cancellationToken) ? BatchRemovalState.Removed : BatchRemovalState.Waiting;
    }

    /// <summary>Removes a batch itself: the deliveries that tell of it, its history, mark and documents; its jobs are removed as jobs. Of its idempotency key remains that it was used.</summary>
    /// <remarks>The documents go last: by those that are left, a removal that died is found and done again.</remarks>
    /// <param name="mark">The batch.</param>
    /// <param name="withKey">Whether the key goes too, and the same request would be another batch: after its time, and not at its caller's wish.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the removal; done again, it goes on.</param>
    /// <returns>False when the batch has not ended yet; nothing is removed then.</returns>
    public async Task<bool> TryRemoveAsync(BatchMark mark, bool withKey, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(mark.BatchId, cancellationToken) is { IsCompleted: false })
        {
            return false;
        }

        if (mark.Key is { } key)
        {
            await (withKey ? keys.RemoveAsync(key, cancellationToken) : keys.BuryAsync(key, cancellationToken));
        }

        await deliveries.RemoveOfBatchAsync(mark.BatchId, delivery => client.DropAsync(delivery, cancellationToken), cancellationToken);
        await client.PurgeInstanceAsync(mark.BatchId, cancellationToken);
        await batches.RemoveAsync(mark.Path, cancellationToken);
        await documents.RemoveAsync(mark.BatchId, cancellationToken);
        return true;
    }

    private async Task<bool> RemoveJobsAsync(IEnumerable<JobMark> window, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var removed = 0;
        await Parallel.ForEachAsync(window, Parallelism(cancellationToken), async (mark, cancellation) =>
        {
            if (await removal.TryRemoveAsync(mark with { BatchPath = null }, withKey: false, client, cancellation))
            {
                await jobs.RemoveAsync(mark, cancellation);
                Interlocked.Increment(ref removed);
            }
        });
        return removed > 0;
    }

    // In them stands what the jobs were made of. Retention finds them by their time, here they go with the batch.
    private static async Task<bool> RemoveItemsAsync(List<OrchestrationMetadata> window, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(window, Parallelism(cancellationToken), async (item, cancellation) => await client.DropAsync(item.InstanceId, cancellation));
        return window.Exists(item => item.IsCompleted);
    }

    private static ParallelOptions Parallelism(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

    private static async Task CancelAsync(string batchId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.RaiseEventAsync(batchId, FaceSwapBatchInput.Cancel, true, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It ended in this moment, or it is asked again at the next look.
        }
    }

    private static string InstanceId(string batchId) => $"delete-{batchId}";
}

/// <summary>How far the deletion of a batch has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchRemovalState>))]
public enum BatchRemovalState
{
    /// <summary>The batch, or what is left of its jobs and items, has yet to end.</summary>
    Waiting,

    /// <summary>Jobs, or histories of items, were removed, and there may be more.</summary>
    Removing,

    /// <summary>Nothing is left.</summary>
    Removed,
}
