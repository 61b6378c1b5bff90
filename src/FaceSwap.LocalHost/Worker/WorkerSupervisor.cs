using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;

namespace FaceSwap.LocalHost.Worker;

/// <summary>Keeps one worker running: when it ends, another takes its place. What the dead one ran has failed.</summary>
internal sealed partial class WorkerSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan BetweenStarts = TimeSpan.FromSeconds(1);

    private readonly Func<CancellationToken, Task<LoadedWorker>> start;
    private readonly Action<string> giveUp;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping;
    private readonly TaskCompletionSource disposing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task supervising;
    private TaskCompletionSource<LoadedWorker> current = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WorkerSupervisor(
        LoadedWorker first, Func<CancellationToken, Task<LoadedWorker>> start, Action<string> giveUp, TimeProvider time, ILogger log, CancellationToken hostStops)
    {
        this.start = start;
        this.giveUp = giveUp;
        this.time = time;
        this.log = log;
        stopping = CancellationTokenSource.CreateLinkedTokenSource(hostStops);
        Functions = first.Functions;
        current.SetResult(first);
        supervising = SuperviseAsync(first);
    }

    public IReadOnlyList<AppFunction> Functions { get; }

    /// <summary>Starts the first worker.</summary>
    /// <param name="giveUp">Is told why, when no worker could be started in another's place.</param>
    /// <param name="cancellation">The host stops: the worker that runs is the last.</param>
    public static async Task<WorkerSupervisor> StartAsync(
        Func<CancellationToken, Task<LoadedWorker>> start, Action<string> giveUp, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        LoadedWorker? first = null;
        for (var left = WorkerErrors.Most; first is null; left--)
        {
            try
            {
                first = await start(cancellation);
            }
            catch (StartupException problem) when (left > 1 && problem.Message.Contains("address already in use", StringComparison.Ordinal))
            {
                // A worker chooses a free port, which somebody else may take before it listens there.
            }
        }

        Log.Started(log, first.Process.Id, first.Functions.Count);
        return new WorkerSupervisor(first, start, giveUp, time, log, cancellation);
    }

    /// <summary>The worker that runs now; while one is being replaced, the next.</summary>
    public Task<LoadedWorker> GetAsync(CancellationToken cancellation) => current.Task.WaitAsync(cancellation);

    /// <inheritdoc cref="LoadedWorker.InvokeAsync"/>
    public async Task<TypedData?> InvokeAsync(InvocationRequest request, CancellationToken cancellation) =>
        await (await GetAsync(cancellation)).InvokeAsync(request, cancellation);

    /// <summary>Ends the worker that runs now because a function would not end; another takes its place.</summary>
    public void Abort(string why)
    {
        if (current.Task is { IsCompletedSuccessfully: true, Result: var running })
        {
            running.Abort(why);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        disposing.SetResult();
        await supervising;
        stopping.Dispose();
    }

    private async Task SuperviseAsync(LoadedWorker worker)
    {
        var errors = new WorkerErrors(time);
        while (await Task.WhenAny(worker.Exited, disposing.Task) == worker.Exited)
        {
            current = new TaskCompletionSource<LoadedWorker>(TaskCreationOptions.RunContinuationsAsynchronously);
            var sentence = await worker.Exited;
            Log.Ended(log, sentence);
            if (!worker.IsAborted)
            {
                errors.Add();
            }

            await worker.DisposeAsync();
            if (await ReplaceAsync(sentence, errors) is not { } next)
            {
                return;
            }

            worker = next;
            current.SetResult(worker);
        }

        await worker.DisposeAsync();
    }

    private async Task<LoadedWorker?> ReplaceAsync(string reason, WorkerErrors errors)
    {
        while (!errors.AreTooMany)
        {
            try
            {
                stopping.Token.ThrowIfCancellationRequested();
                var next = await start(stopping.Token);
                Log.Started(log, next.Process.Id, next.Functions.Count);
                return next;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                current.TrySetException(new WorkerProcessExitException(reason));
                return null;
            }
            catch (Exception problem)
            {
                // Whatever it is, another worker is tried, and whoever waits for one is told in the end.
                errors.Add();
                reason = problem.Message;
                Log.StartFailed(log, reason);
                await Task.Delay(BetweenStarts, time, CancellationToken.None);
            }
        }

        reason = $"The host stops: its worker ended or did not start {WorkerErrors.Most} times, with less than {WorkerErrors.Interval.TotalMinutes:0} minutes between them. The last time: {reason}";
        current.TrySetException(new WorkerProcessExitException(reason));
        giveUp(reason);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 701, Level = LogLevel.Information, Message = "Worker process {Id} runs {Count} functions.")]
        public static partial void Started(ILogger logger, int id, int count);

        [LoggerMessage(EventId = 702, Level = LogLevel.Error, Message = "{Sentence}")]
        public static partial void Ended(ILogger logger, string sentence);

        [LoggerMessage(EventId = 703, Level = LogLevel.Error, Message = "A worker could not be started: {Reason}")]
        public static partial void StartFailed(ILogger logger, string reason);
    }
}
