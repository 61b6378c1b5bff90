using System.Threading.Channels;
using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>Runs activities, a bounded number at a time, and reports what became of them.</summary>
internal sealed partial class ActivityPump(
    ITaskCatalog catalog,
    DataConverter converter,
    TaskHubOptions options,
    TimeProvider time,
    ILogger<ActivityPump> log,
    Action<StoredActivity, HistoryEvent> onOutcome) : IAsyncDisposable
{
    private readonly Channel<StoredActivity> _queue = Channel.CreateUnbounded<StoredActivity>();
    private readonly CancellationTokenSource _shutdown = new();
    private Task _workers = Task.CompletedTask;

    public void Begin() =>
        _workers = Task.WhenAll(Enumerable.Range(0, options.MaxConcurrentActivities).Select(_ => Task.Run(WorkAsync)));

    public void Add(StoredActivity activity) => _queue.Writer.TryWrite(activity);

    /// <summary>Cancels the activities' tokens and waits for them; what does not end in time runs again later.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        _queue.Writer.TryComplete();
        await _shutdown.CancelAsync();
        try
        {
            await _workers.WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            Log.StoppedWaiting(log);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _shutdown.CancelAsync();
        _shutdown.Dispose();
    }

    private async Task WorkAsync()
    {
        CancellationToken shutdown = _shutdown.Token;
        await foreach (StoredActivity activity in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (shutdown.IsCancellationRequested)
            {
                return;
            }

            if (await RunAsync(activity, shutdown) is { } outcome)
            {
                onOutcome(activity, outcome);
            }
        }
    }

    // Null when the host stops meanwhile: the activity stays in the file and runs again.
    private async Task<HistoryEvent?> RunAsync(StoredActivity activity, CancellationToken shutdown)
    {
        try
        {
            ActivityFunction code = catalog.FindActivity(activity.Name)
                ?? throw new InvalidOperationException($"There is no activity function '{activity.Name}'.");
            ActivityCall call = new(
                activity.Name,
                activity.Instance.Id,
                activity.Version,
                type => activity.Input is { } input ? converter.Deserialize(input, type) : null);
            var output = await RunInTimeAsync(code, call, shutdown);
            return new ActivityCompleted(activity.TaskId, converter.Serialize(output));
        }
        catch (Exception interrupted) when (shutdown.IsCancellationRequested)
        {
            Log.Interrupted(log, activity.Name, activity.Instance.Id, interrupted.Message);
            return null;
        }
        catch (Exception failure)
        {
            // The edge of the app's code: whatever it throws is the activity's outcome.
            Log.Failed(log, failure, activity.Name, activity.Instance.Id);
            return new ActivityFailed(activity.TaskId, Failure.From(failure));
        }
    }

    private async Task<object?> RunInTimeAsync(ActivityFunction code, ActivityCall call, CancellationToken shutdown)
    {
        if (options.ActivityTimeout == Timeout.InfiniteTimeSpan)
        {
            return await code(call, shutdown);
        }

        // Not disposed: code that outlives its time may still look at the token.
        CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(shutdown);
        Task<object?> running = code(call, limit.Token);
        try
        {
            var output = await running.WaitAsync(options.ActivityTimeout, time, CancellationToken.None);
            limit.Dispose();
            return output;
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            await limit.CancelAsync();
            throw new TimeoutException($"Timeout value of {options.ActivityTimeout} was exceeded by function: {call.Name}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "Activity {Activity} of {InstanceId} failed.")]
        public static partial void Failed(ILogger logger, Exception failure, string activity, string instanceId);

        [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Activity {Activity} of {InstanceId} was interrupted by the shutdown and will run again: {Reason}")]
        public static partial void Interrupted(ILogger logger, string activity, string instanceId, string reason);

        [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "Some activities did not end in time; they will run again.")]
        public static partial void StoppedWaiting(ILogger logger);
    }
}
