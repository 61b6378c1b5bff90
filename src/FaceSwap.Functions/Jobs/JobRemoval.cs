using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Jobs;

/// <summary>Removes jobs that have ended, with all that is kept of them.</summary>
public sealed class JobRemoval(JobDocuments documents, DeliveryLog deliveries, IdempotencyKeys keys, JobIndex index)
{
    /// <summary>Has a job removed as soon as it has ended, whatever dies in between.</summary>
    public static Task StartAsync(JobInput job, DurableTaskClient client, CancellationToken cancellationToken) =>
        client.StartOnceAsync(Orchestrators.JobDeletion, InstanceId(job.Id), JobIndex.MarkOf(job), cancellationToken);

    /// <summary>Waits until a job is removed.</summary>
    /// <returns>False when that took longer than this time.</returns>
    public static Task<bool> WaitAsync(string jobId, TimeSpan most, DurableTaskClient client, TimeProvider time, CancellationToken cancellationToken) =>
        client.EndsWithinAsync(InstanceId(jobId), most, time, cancellationToken);

    /// <summary>Removes a job: its media, result and documents, the deliveries that tell of it, and its history with that of the item of a batch that it was. Of its idempotency key remains that it was used.</summary>
    /// <remarks>The documents go last: by those that are left, a removal that died is found and done again.</remarks>
    /// <param name="mark">The job.</param>
    /// <param name="withKey">Whether the key goes too, and the same request would be another job: after its time, and not at its caller's wish.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the removal; done again, it goes on.</param>
    /// <returns>False when the job has not ended yet; nothing is removed then.</returns>
    public async Task<bool> TryRemoveAsync(JobMark mark, bool withKey, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = mark.JobId;
        if (await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false })
        {
            return false;
        }

        if (mark.Batch is { } batch && !await TryDropItemAsync(batch, client, cancellationToken))
        {
            return false;
        }

        await deliveries.RemoveOfJobAsync(id, delivery => client.DropAsync(delivery, cancellationToken), cancellationToken);
        await client.DropAsync(JobProgressReportsInput.InstanceId(id), cancellationToken);
        if (await index.KeyOfAsync(mark, cancellationToken) is { } key)
        {
            await (withKey ? keys.RemoveAsync(key, cancellationToken) : keys.BuryAsync(key, cancellationToken));
        }

        await client.PurgeInstanceAsync(id, cancellationToken);
        await index.RemoveAsync(mark, cancellationToken);
        await documents.RemoveAsync(id, cancellationToken);
        return true;
    }

    // What the job was made of stands in the history of its item too, which ends a little later.
    private static async Task<bool> TryDropItemAsync(JobBatch item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var turns = await client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = BatchIds.InstancesOf(item.Id, item.Item) }).ToListAsync(cancellationToken);
        if (!turns.TrueForAll(turn => turn.IsCompleted))
        {
            return false;
        }

        foreach (var turn in turns)
        {
            await client.DropAsync(turn.InstanceId, cancellationToken);
        }

        return true;
    }

    private static string InstanceId(string jobId) => $"delete-{jobId}";
}
