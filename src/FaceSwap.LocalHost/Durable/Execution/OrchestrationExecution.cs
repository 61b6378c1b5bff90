using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>
/// One execution of an orchestration as a fold: events go in, the code runs on until it waits again, and what it asked
/// for comes out. No I/O happens here. The same class replays a history and takes the next turn.
/// </summary>
internal sealed class OrchestrationExecution
{
    private readonly ITaskCatalog _catalog;
    private readonly OrchestratorRun _run;
    private readonly LocalOrchestrationContext _context;
    private readonly ExternalEvents _externalEvents = new();
    private readonly RequestLog _requests = new();
    private readonly Queue<HistoryEvent> _deferred = new();
    private ExecutionStarted? _start;
    private ExecutionEnd? _end;
    private bool _terminatesChildren;
    private bool _isSuspended;
    private bool _isBroken;
    private int _position;

    /// <param name="identity">Which instance this is.</param>
    /// <param name="catalog">Where its code is found.</param>
    /// <param name="converter">Reads and writes payloads.</param>
    /// <param name="loggers">Where its replay-safe loggers write.</param>
    /// <param name="onEscape">Called from any thread when the code left the engine's control.</param>
    public OrchestrationExecution(
        InstanceIdentity identity,
        ITaskCatalog catalog,
        DataConverter converter,
        ILoggerFactory loggers,
        Action onEscape)
    {
        Identity = identity;
        _catalog = catalog;
        _run = new OrchestratorRun(onEscape);
        _context = new LocalOrchestrationContext(identity.Id, _requests, _externalEvents, _run.Scheduler, converter, loggers);
    }

    public InstanceIdentity Identity { get; }

    /// <summary>The first event, known once it was applied.</summary>
    public ExecutionStarted Start => _start ?? throw new InvalidOperationException("The execution has no history.");

    /// <summary>How many batches of history stand behind this execution; the next one gets this number.</summary>
    public int NextBatch { get; set; }

    /// <summary>Brings a fresh execution to where the history ends.</summary>
    public void Replay(IEnumerable<HistoryEvent> history)
    {
        _context.SetReplaying(true);
        Guard(() =>
        {
            foreach (HistoryEvent recorded in history)
            {
                Apply(recorded);
                _position++;
            }

            FinishReplayedTurn();
        });
        _requests.TakeCancelledTimers();
    }

    /// <summary>Takes a turn: delivers the messages and runs the code until it waits.</summary>
    public Turn Advance(DateTime now, IReadOnlyList<HistoryEvent> messages)
    {
        _context.SetReplaying(false);
        DateTime at = now > _context.CurrentUtcDateTime ? now : _context.CurrentUtcDateTime;
        List<HistoryEvent> events = [new TurnStarted(at), .. messages];
        Guard(() =>
        {
            RefuseEscape();
            _context.CurrentTurn = at;
            foreach (HistoryEvent message in messages)
            {
                Apply(message);
            }

            EnsureStarted();
            RefuseToWaitForNothing();
        });
        Turn turn = TurnResult.Collect(events, _requests, Settle(), this);
        _position += turn.Events.Count;
        return turn;
    }

    /// <summary>Whether a turn could not be written, so that this instance is to fail.</summary>
    public bool HasFailedToCommit { get; set; }

    /// <summary>A turn that does nothing but end the instance, for when the proper one cannot be written.</summary>
    public Turn FailedTurn(Exception error)
    {
        _end = ExecutionEnd.Failed(Failure.From(error));
        _isBroken = true;
        return new Turn([new ExecutionCompleted(_end.Status)], [], [], [], _end.Status, CustomStatus, _end, null);
    }

    internal OrchestrationRuntimeStatus LiveStatus =>
        _isSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running;

    internal string? CustomStatus => _context.SerializedCustomStatus;

    internal bool TerminatesChildren => _terminatesChildren;

    /// <summary>The code and its history do not fit together: what it asked for in this turn does not count.</summary>
    internal bool IsBroken => _isBroken;

    /// <summary>The next generation, if the code asked for one and came to its end.</summary>
    internal Renewal? TakeRenewal()
    {
        if (_end is not null || !_run.HasSucceeded || _context.NextGeneration is not { } next)
        {
            return null;
        }

        ExecutionStarted start = Start with
        {
            Input = next.Input,
            Version = next.Version ?? Start.Version,
            Generation = Start.Generation + 1,
        };
        HistoryEvent[] suspended = _isSuspended ? [new ExecutionSuspended(null)] : [];
        return new Renewal(start, next.KeepEvents ? [.. suspended, .. _externalEvents.Unprocessed] : suspended);
    }

    // Continuing as new counts only when the code then comes to its end without failing.
    private ExecutionEnd? Settle()
    {
        var renews = _context.NextGeneration is not null && _run.HasSucceeded;
        if (_end is null && _run.Ended is { } ended && !renews)
        {
            _end = _context.Complete(ended);
        }

        return _end;
    }

    private void Apply(HistoryEvent applied)
    {
        switch (applied)
        {
            case ExecutionStarted start:
                _start = start;
                _context.Bind(start);
                break;
            case TurnStarted turn:
                FinishReplayedTurn();
                _context.CurrentTurn = turn.At;
                break;
            case ITaskScheduled scheduled:
                EnsureStarted();
                _requests.Match(scheduled, _position);
                break;
            case ExecutionSuspended:
                _isSuspended = true;
                break;
            case ExecutionResumed:
                Resume();
                break;
            case ExecutionTerminated terminated:
                _end ??= new ExecutionEnd(OrchestrationRuntimeStatus.Terminated, terminated.Output, null);
                _terminatesChildren = terminated.Recursive;
                break;
            case ExecutionCompleted:
                break;
            default:
                Deliver(applied);
                break;
        }
    }

    private void Deliver(HistoryEvent message)
    {
        if (_isSuspended)
        {
            _deferred.Enqueue(message);
            return;
        }

        EnsureStarted();
        if (message is EventRaised raised)
        {
            _externalEvents.Raise(raised);
        }
        else
        {
            _requests.Settle((ITaskOutcome)message);
        }

        _run.Scheduler.RunToIdle();
    }

    private void Resume()
    {
        _isSuspended = false;
        EnsureStarted();
        while (!_isSuspended && _deferred.TryDequeue(out HistoryEvent? message))
        {
            Deliver(message);
        }
    }

    private void EnsureStarted()
    {
        if (_run.HasStarted || _isSuspended || _end is not null)
        {
            return;
        }

        OrchestratorFunction code = _catalog.FindOrchestrator(Start.Name)
            ?? throw new InvalidOperationException($"There is no orchestrator function '{Start.Name}'.");
        _run.Start(code, _context, _context.ReadInput);
    }

    private void FinishReplayedTurn()
    {
        if (_context.CurrentTurn == default)
        {
            return;
        }

        EnsureStarted();
        if (_requests.FirstUnrecorded is { } extra)
        {
            throw new NonDeterministicOrchestrationException(
                $"Before event {_position} of the history the orchestrator asked for {extra.Describe()} (request #{extra.Id}), which the history does not have.");
        }
    }

    // One instance whose code or history is broken fails alone.
    private void Guard(Action fold)
    {
        _run.Scheduler.Enter();
        try
        {
            fold();
        }
        catch (Exception broken)
        {
            _isBroken = true;
            _end ??= ExecutionEnd.Failed(Failure.From(broken));
        }
        finally
        {
            _run.Scheduler.Leave();
        }
    }

    private void RefuseEscape()
    {
        if (_end is null)
        {
            _run.RefuseEscape();
        }
    }

    private void RefuseToWaitForNothing()
    {
        if (_end is null && !_isSuspended && !_requests.HasPending && !_externalEvents.HasWaiter)
        {
            _run.RefuseToWait();
        }
    }
}
