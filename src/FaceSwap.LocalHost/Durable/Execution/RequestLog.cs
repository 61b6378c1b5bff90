using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>
/// Numbers what the orchestrator asks for, holds replayed requests against the history, and brings outcomes back to the
/// code that awaits them.
/// </summary>
internal sealed class RequestLog
{
    private readonly Queue<OrchestratorAction> _unrecorded = new();
    private readonly Dictionary<int, PendingTask> _pending = [];
    private readonly Dictionary<int, string> _children = [];
    private readonly List<int> _cancelledTimers = [];
    private int _next;

    /// <summary>Sub-orchestrations that have not reported their end.</summary>
    public IReadOnlyCollection<string> RunningChildren => _children.Values;

    /// <summary>Whether an outcome is still to come.</summary>
    public bool HasPending => _pending.Count > 0;

    /// <summary>The first request the history does not have (yet), or null.</summary>
    public ITaskScheduled? FirstUnrecorded => _unrecorded.TryPeek(out OrchestratorAction? action) ? action.Record : null;

    public int TakeId() => _next++;

    /// <summary>Takes down a request that ends with an outcome.</summary>
    public PendingTask Add(OrchestratorAction action, TaskName name)
    {
        PendingTask pending = new(action.Id, name.Name);
        _pending[action.Id] = pending;
        _unrecorded.Enqueue(action);
        if (action is StartSubOrchestration child)
        {
            _children[action.Id] = child.Created.InstanceId;
        }

        return pending;
    }

    /// <summary>Takes down a request nobody waits for.</summary>
    public void Add(SendExternalEvent action) => _unrecorded.Enqueue(action);

    public void CancelTimer(int id, CancellationToken cancellation)
    {
        if (_pending.Remove(id, out PendingTask? pending))
        {
            _cancelledTimers.Add(id);
            pending.Cancel(cancellation);
        }
    }

    /// <summary>Holds a request of the history against what the code asked for just now.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public void Match(ITaskScheduled recorded, int position)
    {
        if (!_unrecorded.TryDequeue(out OrchestratorAction? action))
        {
            throw new NonDeterministicOrchestrationException(
                $"Event {position} of the history is {recorded.Describe()} (request #{recorded.Id}), but the orchestrator asked for nothing there.");
        }

        if (action.Id != recorded.Id || action.Record.Describe() != recorded.Describe())
        {
            throw new NonDeterministicOrchestrationException(
                $"Event {position} of the history is {recorded.Describe()} (request #{recorded.Id}), but the orchestrator asked for {action.Record.Describe()} (request #{action.Id}).");
        }
    }

    /// <summary>Gives an outcome to whoever awaits it; an outcome nobody awaits any more is dropped.</summary>
    public void Settle(ITaskOutcome outcome)
    {
        _children.Remove(outcome.Id);
        if (!_pending.Remove(outcome.Id, out PendingTask? pending))
        {
            return;
        }

        switch (outcome)
        {
            case ActivityCompleted completed:
                pending.Complete(completed.Result);
                break;
            case SubOrchestrationCompleted completed:
                pending.Complete(completed.Result);
                break;
            case ActivityFailed failed:
                pending.Fail(failed.Failure);
                break;
            case SubOrchestrationFailed failed:
                pending.Fail(failed.Failure);
                break;
            default:
                pending.Complete(null);
                break;
        }
    }

    /// <summary>Hands over the requests that are new in this turn.</summary>
    public IReadOnlyList<OrchestratorAction> TakeUnrecorded()
    {
        OrchestratorAction[] actions = [.. _unrecorded];
        _unrecorded.Clear();
        return actions;
    }

    /// <summary>Hands over the timers cancelled since the last call.</summary>
    public IReadOnlyList<int> TakeCancelledTimers()
    {
        int[] cancelled = [.. _cancelledTimers];
        _cancelledTimers.Clear();
        return cancelled;
    }
}
