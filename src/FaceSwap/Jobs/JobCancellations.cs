using FaceSwap.Storage;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Jobs;

/// <summary>Which jobs their callers want to end: a mark for each, at which the long steps look; the instance itself hears of it by an event.</summary>
public sealed partial class JobCancellations(BlobStore store, TimeProvider time, ILogger<JobCancellations> logger)
{
    /// <summary>The event by which a job's instance hears of it.</summary>
    public const string Event = "cancel";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);

    /// <summary>Marks a job as one to be ended; doing it again changes nothing.</summary>
    public Task RequestAsync(string jobId, CancellationToken cancellationToken) =>
        store.Marks.WriteAsync(JobPaths.Cancellation(jobId), new Dictionary<string, string>(), cancellationToken);

    /// <summary>Waits until a job is to be ended, and looks every three seconds; storage that is away says nothing.</summary>
    /// <exception cref="OperationCanceledException">Nobody wants to know any more.</exception>
    public async Task WaitForAsync(string jobId, CancellationToken cancellationToken)
    {
        do
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }
        while (!await IsRequestedAsync(jobId, cancellationToken));
    }

    private async Task<bool> IsRequestedAsync(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ExistsAsync(JobPaths.Cancellation(jobId), cancellationToken);
        }
        catch (Exception e) when (StorageFailures.IsAway(e, cancellationToken))
        {
            Log.LookFailed(logger, jobId, e);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Debug, "Job {JobId}: whether it is to be ended could not be read.")]
        public static partial void LookFailed(ILogger logger, string jobId, Exception cause);
    }
}
