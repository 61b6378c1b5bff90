using System.Runtime.CompilerServices;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Jobs;

/// <summary>What is kept in the container beyond its time.</summary>
public sealed class OldDocuments(BlobStore store, IOptions<RetentionOptions> options, TimeProvider time)
{
    // A job may run for a day and its end may take hours: what was written at its beginning is wanted that much longer.
    private static readonly TimeSpan JobsTake = TimeSpan.FromDays(2);
    private static readonly TimeSpan UploadsAreKept = TimeSpan.FromDays(1);

    // The longest time that is counted is a day.
    private static readonly TimeSpan LimitsAreKept = TimeSpan.FromDays(2);

    /// <summary>What ended before this moment has been kept long enough.</summary>
    public DateTimeOffset Horizon => time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days);

    /// <summary>The ids of jobs that were submitted before the horizon and of which something is left, oldest first.</summary>
    public async IAsyncEnumerable<string> JobsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in store.ListFoldersAsync(JobPaths.AllJobs, cancellationToken).Where(JobIds.IsValid))
        {
            if (JobIds.TimeOf(id) >= Horizon)
            {
                // The ids sort by their time.
                yield break;
            }

            yield return id;
        }
    }

    /// <summary>The marks of jobs that were added to the index so long ago that nothing else of them can be wanted.</summary>
    public IAsyncEnumerable<JobMark> MarksAsync(CancellationToken cancellationToken) =>
        store.ListOlderAsync(JobPaths.AllMarks, Horizon - JobsTake, cancellationToken).Select(path => new JobMark(path[(path.LastIndexOf('-') + 1)..], path));

    /// <summary>The documents of idempotency keys that no job's removal has taken with it, and whose time is over.</summary>
    public IAsyncEnumerable<string> KeysAsync(CancellationToken cancellationToken) =>
        store.ListOlderAsync(JobPaths.AllKeys, Horizon - JobsTake, cancellationToken);

    /// <summary>Deletes uploads after a day; claims of sessions, deliveries that no job's removal has taken with it, and runs of schedules, after their time.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await RemoveAsync(JobPaths.AllUploads, now - UploadsAreKept, cancellationToken);
        await RemoveAsync(JobPaths.AllLimits, now - LimitsAreKept, cancellationToken);
        await RemoveAsync(JobPaths.AllSessions, Horizon - JobsTake, cancellationToken);
        await RemoveAsync(JobPaths.AllDeliveries, Horizon - JobsTake, cancellationToken, path => path.Contains("/deliveries/", StringComparison.Ordinal));

        // What became of a schedule's times; which files it has taken is wanted for as long as it is there.
        await RemoveAsync(
            JobPaths.AllSchedules,
            Horizon - JobsTake,
            cancellationToken,
            path => path.Contains("/runs/", StringComparison.Ordinal) || path.Contains("/files/", StringComparison.Ordinal));
    }

    private async Task RemoveAsync(string prefix, DateTimeOffset before, CancellationToken cancellationToken, Func<string, bool>? isMeant = null)
    {
        await foreach (var path in store.ListOlderAsync(prefix, before, cancellationToken))
        {
            if (isMeant?.Invoke(path) != false)
            {
                await store.DeleteAsync(path, cancellationToken);
            }
        }
    }
}
