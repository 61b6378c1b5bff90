using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions.Edge.Durable;

/// <summary>Lets any number of callers watch what changes by itself; of each one that is watched there is one reader in this instance of the app.</summary>
/// <typeparam name="TView">What is seen of it.</typeparam>
/// <param name="look">Reads what has this id; null when there is none any more.</param>
/// <param name="time">The clock by which it is looked.</param>
/// <param name="logger">Hears of looks that fail.</param>
internal sealed partial class Watches<TView>(Look<TView> look, TimeProvider time, ILogger logger)
    where TView : class
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watch> _watches = [];

    /// <summary>How it is now, and each time that it has changed, until it ends or is deleted. Whoever is slow misses snapshots, and never the newest.</summary>
    public async IAsyncEnumerable<Snapshot<TView>> WatchAsync(string id, DurableTaskClient client, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = Join(id, client);
        try
        {
            Snapshot<TView>? seen = null;
            while (await watch.NextAsync(seen, cancellationToken) is { } next)
            {
                yield return seen = next;
            }
        }
        finally
        {
            Leave(id, watch);
        }
    }

    private Watch Join(string id, DurableTaskClient client)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(id, out var watch))
            {
                watch = _watches[id] = new Watch();
                _ = ReadAsync(id, watch, client);
            }

            watch.Watchers++;
            return watch;
        }
    }

    private void Leave(string id, Watch watch)
    {
        lock (_gate)
        {
            if (--watch.Watchers == 0)
            {
                watch.Dispose();
                Forget(id, watch);
            }
        }
    }

    // Whoever comes from now on begins anew.
    private void Forget(string id, Watch watch)
    {
        lock (_gate)
        {
            if (_watches.TryGetValue(id, out var known) && known == watch)
            {
                _watches.Remove(id);
            }
        }
    }

    private async Task ReadAsync(string id, Watch watch, DurableTaskClient client)
    {
        var stopped = watch.Stopped;
        try
        {
            while (await LookAsync(id, watch, client, stopped))
            {
                await Task.Delay(LookEvery, time, stopped);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Nobody watches any more.
        }

        Forget(id, watch);
        watch.End();
    }

    // False when there is nothing more to see.
    private async Task<bool> LookAsync(string id, Watch watch, DurableTaskClient client, CancellationToken stopped)
    {
        try
        {
            if (await look(id, client, stopped) is not { } snapshot)
            {
                return false;
            }

            watch.Show(snapshot);
            return !snapshot.IsFinal;
        }
        catch (Exception e) when (!stopped.IsCancellationRequested)
        {
            // The next look may succeed; until then it is shown as it was.
            Log.LookFailed(logger, id, e);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Debug, "{Id}: it could not be read for those who watch it.")]
        public static partial void LookFailed(ILogger logger, string id, Exception cause);
    }

    /// <summary>One that is watched: its newest snapshot, for all watchers.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private TaskCompletionSource _changed = NewChange();
        private Snapshot<TView>? _newest;
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
        public async Task<Snapshot<TView>?> NextAsync(Snapshot<TView>? seen, CancellationToken cancellationToken)
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

        public void Show(Snapshot<TView> snapshot)
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

/// <summary>Reads what has this id, as it is now.</summary>
/// <returns>Null when there is none any more.</returns>
internal delegate Task<Snapshot<TView>?> Look<TView>(string id, DurableTaskClient client, CancellationToken cancellationToken)
    where TView : class;

/// <summary>Something that changes by itself as it was at a moment, for all who watch it.</summary>
/// <param name="View">What is seen of it.</param>
/// <param name="Json">The same as JSON, on one line.</param>
/// <param name="Number">Grows from snapshot to snapshot of one id, and is the same in every instance of the app.</param>
/// <param name="IsFinal">Whether nothing will change any more.</param>
public sealed record Snapshot<TView>(TView View, ReadOnlyMemory<byte> Json, long Number, bool IsFinal)
    where TView : class;
