using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>An orchestrator's code while it runs: kept on the thread of its turns, and reported when it leaves it.</summary>
internal sealed class OrchestratorRun
{
    private const string ForeignAwait =
        "The orchestrator awaited something that is no task of its context (or used ConfigureAwait(false)). A replay cannot repeat that: move it into an activity.";

    private readonly Action _onEscape;
    private Task<object?>? _task;
    private volatile bool _hasEscaped;

    /// <param name="onEscape">Called from any thread when the code left the engine's control.</param>
    public OrchestratorRun(Action onEscape)
    {
        _onEscape = onEscape;
        Scheduler = new TurnScheduler(Escape);
    }

    public TurnScheduler Scheduler { get; }

    public bool HasStarted => _task is not null;

    public bool IsWaiting => _task is { IsCompleted: false };

    public bool HasSucceeded => _task is { IsCompletedSuccessfully: true };

    /// <summary>The code's end, once it has come to one.</summary>
    public Task<object?>? Ended => _task is { IsCompleted: true } ? _task : null;

    /// <summary>Starts the code and runs it until it waits.</summary>
    public void Start(OrchestratorFunction code, TaskOrchestrationContext context, Func<Type, object?> readInput)
    {
        _task = Task.Factory
            .StartNew(() => code(context, readInput), CancellationToken.None, TaskCreationOptions.None, Scheduler)
            .Unwrap();
        _task.ContinueWith(
            _ => WakeUnlessInTurn(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Scheduler.RunToIdle();
    }

    /// <summary>Call before a turn of an execution that is not over.</summary>
    /// <exception cref="InvalidOperationException">The code was carried on by something else than this engine.</exception>
    public void RefuseEscape()
    {
        if (_hasEscaped || Ended is not null)
        {
            throw new InvalidOperationException(ForeignAwait);
        }
    }

    /// <summary>Call at the end of a turn when nothing that the engine knows of could ever wake the code.</summary>
    /// <exception cref="InvalidOperationException">The code waits all the same.</exception>
    public void RefuseToWait()
    {
        if (IsWaiting)
        {
            throw new InvalidOperationException(ForeignAwait);
        }
    }

    private void WakeUnlessInTurn()
    {
        if (!Scheduler.IsInTurn)
        {
            _onEscape();
        }
    }

    private void Escape()
    {
        _hasEscaped = true;
        _onEscape();
    }
}
