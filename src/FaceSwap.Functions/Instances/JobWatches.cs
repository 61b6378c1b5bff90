using System.Runtime.CompilerServices;
using System.Text.Json;
using FaceSwap.Jobs;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions.Instances;

/// <summary>Lets any number of callers watch jobs; of each job that is watched there is one reader in this instance of the app.</summary>
public sealed partial class JobWatches(JobReader jobs, TimeProvider time, ILogger<JobWatches> logger)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, JobWatch> _watches = [];

    /// <summary>A job as it is now, and each time that it has changed, until it ends or is deleted. Whoever is slow misses snapshots, and never the newest.</summary>
    public async IAsyncEnumerable<JobSnapshot> WatchAsync(string jobId, DurableTaskClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = Join(jobId, client);
        try
        {
            JobSnapshot? seen = null;
            while (await watch.NextAsync(seen, cancellationToken) is { } next)
            {
                yield return seen = next;
            }
        }
        finally
        {
            Leave(jobId, watch);
        }
    }

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

    private JobWatch Join(string jobId, DurableTaskClient client)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(jobId, out var watch))
            {
                watch = _watches[jobId] = new JobWatch();
                _ = ReadAsync(jobId, watch, client);
            }

            watch.Watchers++;
            return watch;
        }
    }

    private void Leave(string jobId, JobWatch watch)
    {
        lock (_gate)
        {
            if (--watch.Watchers == 0)
            {
                watch.Dispose();
                Forget(jobId, watch);
            }
        }
    }

    // Whoever comes from now on begins anew.
    private void Forget(string jobId, JobWatch watch)
    {
        lock (_gate)
        {
            if (_watches.TryGetValue(jobId, out var known) && known == watch)
            {
                _watches.Remove(jobId);
            }
        }
    }

    private async Task ReadAsync(string jobId, JobWatch watch, DurableTaskClient client)
    {
        var stopped = watch.Stopped;
        try
        {
            while (await LookAsync(jobId, watch, client, stopped))
            {
                await Task.Delay(LookEvery, time, stopped);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Nobody watches any more.
        }

        Forget(jobId, watch);
        watch.End();
    }

    // False when there is nothing more to see.
    private async Task<bool> LookAsync(string jobId, JobWatch watch, DurableTaskClient client, CancellationToken stopped)
    {
        try
        {
            if (await jobs.FindAsync(jobId, client, stopped) is not { } reading)
            {
                return false;
            }

            var view = await jobs.ViewAsync(reading, stopped);
            watch.Show(new JobSnapshot(view, JsonSerializer.SerializeToUtf8Bytes(view, JobJson.Default.JobView)));
            return !view.Status.IsFinal();
        }
        catch (Exception e) when (!stopped.IsCancellationRequested)
        {
            // The next look may succeed; until then the job is shown as it was.
            Log.LookFailed(logger, jobId, e);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Debug, "Job {JobId}: it could not be read for those who watch it.")]
        public static partial void LookFailed(ILogger logger, string jobId, Exception cause);
    }

    /// <summary>A job that is watched: its newest snapshot, for all watchers.</summary>
    private sealed class JobWatch : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private TaskCompletionSource _changed = NewChange();
        private JobSnapshot? _newest;
        private bool _isOver;

        public int Watchers { get; set; }

        public CancellationToken Stopped => _stop.Token;

        /// <summary>Stops the reading.</summary>
        public void Dispose()
        {
            _stop.Cancel();
            _stop.Dispose();
        }

        /// <summary>The newest snapshot, once it is another than this; null when there will be none.</summary>
        public async Task<JobSnapshot?> NextAsync(JobSnapshot? seen, CancellationToken cancellationToken)
        {
            while (true)
            {
                var change = Volatile.Read(ref _changed);
                var isOver = Volatile.Read(ref _isOver);
                if (Volatile.Read(ref _newest) is { } newest && newest != seen)
                {
                    return newest;
                }

                if (isOver)
                {
                    return null;
                }

                await change.Task.WaitAsync(cancellationToken);
            }
        }

        public void Show(JobSnapshot snapshot)
        {
            if (_newest?.Json.Span.SequenceEqual(snapshot.Json.Span) != true)
            {
                Volatile.Write(ref _newest, snapshot);
                Interlocked.Exchange(ref _changed, NewChange()).SetResult();
            }
        }

        public void End()
        {
            Volatile.Write(ref _isOver, true);
            Interlocked.Exchange(ref _changed, NewChange()).SetResult();
        }

        private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A job as it was at a moment, for all who watch it.</summary>
/// <param name="View">The job.</param>
/// <param name="Json">The same as JSON, on one line.</param>
public sealed record JobSnapshot(JobView View, ReadOnlyMemory<byte> Json)
{
    /// <summary>Grows from snapshot to snapshot of a job, and is the same in every instance of the app.</summary>
    public long Number => NumberOf(View);

    public static long NumberOf(JobView view) => Math.Max(0, (long)(view.UpdatedAt - view.SubmittedAt).TotalMilliseconds);
}
