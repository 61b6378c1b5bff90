using FaceSwap.Batches;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Storage;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions.Retention;

/// <summary>Removes what has been kept long enough, a window at a time: what one run leaves, the next one takes.</summary>
public sealed partial class JobRetention(
    OldDocuments old, JobReader jobs, JobRemoval removal, JobDocuments documents, BatchRetention batches, IdempotencyKeys keys, TimeProvider time, ILogger<JobRetention> logger)
{
    /// <summary>How many jobs, how many batches, and how many instances, one run removes at most.</summary>
    public const int Window = 1000;

    private const int AtOnce = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Removes one window.</summary>
    public async Task RunAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var removed = await RemoveJobsAsync(client, either.Token);
            if (removed < Window)
            {
                await EachAsync(old.MarksAsync(either.Token), mark => mark.JobId, mark => removal.TryRemoveAsync(mark, withKey: true, client, either.Token), either.Token);
                await EachAsync(batches.DueAsync(either.Token), batch => batch.BatchId, batch => batches.TryRemoveAsync(batch, client, either.Token), either.Token);
                await PurgeAsync(client, either.Token);
                await EachAsync(old.KeysAsync(either.Token), key => key, key => RemoveKeyAsync(key, client, either.Token), either.Token);
                await old.RemoveAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.LeftToTheNext(logger);
        }
    }

    private Task<int> RemoveJobsAsync(DurableTaskClient client, CancellationToken cancellationToken) =>
        EachAsync(old.JobsAsync(cancellationToken), id => id, id => RemoveAsync(id, client, cancellationToken), cancellationToken);

    private async Task<bool> RemoveAsync(string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, client, cancellationToken) is not { } reading)
        {
            // What came with a submission that never became a job, or what a removal that died has left.
            await documents.RemoveAsync(id, cancellationToken);
            return true;
        }

        var hasEnded = reading is { Outcome: not null, Status: var status } && (status?.Timeline[^1].At ?? reading.Job.SubmittedAt) < old.Horizon;
        return hasEnded && await removal.TryRemoveAsync(JobIndex.MarkOf(reading.Job), withKey: true, client, cancellationToken);
    }

    // A batch may run for longer than keys are kept, and must not be started again meanwhile.
    private async Task<bool> RemoveKeyAsync(string key, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(key, cancellationToken) is { } start && await batches.IsKeptAsync(start.JobId, client, cancellationToken))
        {
            return false;
        }

        await keys.RemoveAsync(key, cancellationToken);
        return true;
    }

    // Deliveries, deletions and whatever else ran: apart from jobs and batches, nothing of it is wanted beside its history. One by one:
    // to purge thousands at once takes longer than Azure's engine waits.
    private async Task PurgeAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var ended = new OrchestrationQuery
        {
            CreatedTo = old.Horizon,
            Statuses = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated],
        };
        await EachAsync(
            client.GetAllInstancesAsync(ended).Where(instance => !JobIds.IsValid(instance.InstanceId) && !BatchIds.IsValid(instance.InstanceId)),
            instance => instance.InstanceId,
            async instance => (await client.PurgeInstanceAsync(instance.InstanceId, cancellationToken)).PurgedInstanceCount > 0,
            cancellationToken);
    }

    // One that cannot be removed does not keep the others.
    private async Task<int> EachAsync<T>(IAsyncEnumerable<T> all, Func<T, string> nameOf, Func<T, Task<bool>> remove, CancellationToken cancellationToken)
    {
        var removed = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(all.Take(Window), parallel, async (item, cancellation) =>
        {
            try
            {
                if (await remove(item))
                {
                    Interlocked.Increment(ref removed);
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && !StorageFailures.IsAway(e, cancellation))
            {
                Log.NotRemoved(logger, nameOf(item), e);
            }
        });
        return removed;
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Information, "What is left of this window of retention, the next run takes.")]
        public static partial void LeftToTheNext(ILogger logger);

        [LoggerMessage(1302, LogLevel.Warning, "{Id} has been kept long enough and could not be removed; the next run tries again.")]
        public static partial void NotRemoved(ILogger logger, string id, Exception cause);
    }
}
