using System.Text.Json;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions.Jobs;

/// <summary>Lets any number of callers watch jobs, and wait for them.</summary>
public sealed class JobWatches(JobReader jobs, TimeProvider time, ILogger<JobWatches> logger)
{
    private readonly Watches<JobView> _watches = new((id, client, token) => LookAsync(jobs, id, client, token), time, logger);

    /// <summary>The number of a job's snapshot: how many milliseconds after its submission it came to be so.</summary>
    public static long NumberOf(JobView view) => Math.Max(0, (long)(view.UpdatedAt - view.SubmittedAt).TotalMilliseconds);

    /// <summary>A job as it is now, and each time that it has changed, until it ends or is deleted.</summary>
    public IAsyncEnumerable<Snapshot<JobView>> WatchAsync(string jobId, DurableTaskClient client, CancellationToken cancellationToken) =>
        _watches.WatchAsync(jobId, client, cancellationToken);

    /// <summary>Waits until a job has ended, and no longer than this time.</summary>
    /// <returns>The job as it is then; null when it was deleted meanwhile, or could not be read.</returns>
    public async Task<JobView?> WaitForEndAsync(string jobId, TimeSpan most, DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        JobView? latest = null;
        try
        {
            await foreach (var snapshot in WatchAsync(jobId, client, either.Token))
            {
                latest = snapshot.View;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // It runs on.
        }

        return latest;
    }

    private static async Task<Snapshot<JobView>?> LookAsync(JobReader jobs, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(id, client, cancellationToken) is not { } reading)
        {
            return null;
        }

        var view = await jobs.ViewAsync(reading, cancellationToken);
        return new Snapshot<JobView>(view, JsonSerializer.SerializeToUtf8Bytes(view, JobJson.Default.JobView), NumberOf(view), view.Status.IsFinal());
    }
}
