using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>
/// Makes one turn durable: what it consumed goes, what it produced comes, the history grows, in one transaction. What
/// the turn does to other instances is found out in there and dispatched after the commit.
/// </summary>
internal sealed class TurnCommit(
    OrchestrationExecution execution,
    Turn turn,
    IReadOnlyList<Delivery> consumed,
    Numbering numbering,
    Action<TurnCommit> onCommitted,
    Action<Exception> onFailed) : IStoreWrite
{
    // A child whose parent waits must not replace a running instance, and need not spare a finished one.
    private static readonly Func<OrchestrationRuntimeStatus, bool> ReplaceFinished = status => status.IsFinal;

    private readonly InstanceIdentity _self = execution.Identity;
    private readonly int _generation = execution.Start.Generation;

    public Turn Turn => turn;

    /// <summary>Whether the instance has just begun.</summary>
    public bool IsFirstTurn { get; } = execution is { NextBatch: 1, Start.Generation: 0 };

    /// <summary>The instance was replaced or purged meanwhile: nothing was written.</summary>
    public bool IsStale { get; private set; }

    public List<StoredActivity> Activities { get; } = [];

    public List<StoredTimer> Timers { get; } = [];

    public List<StoredMessage> Messages { get; } = [];

    public List<StoredStart> Starts { get; } = [];

    public void Apply(WriteSession session)
    {
        Activities.Clear();
        Timers.Clear();
        Messages.Clear();
        Starts.Clear();
        IsStale = !UpdateInstance(session);
        if (IsStale)
        {
            return;
        }

        DeleteConsumed(session.Work);
        WriteHistory(session);
        foreach (OrchestratorAction action in turn.Actions)
        {
            Carry(action, session);
        }

        foreach (var task in turn.CancelledTimers)
        {
            session.Work.DeleteTimer(_self.Sequence, task);
        }

        foreach (var child in turn.Terminations)
        {
            Post(session, child, new ExecutionTerminated(null, Recursive: true));
        }

        if (turn.End is { } end)
        {
            Finish(session, end);
        }
    }

    public void Committed() => onCommitted(this);

    public void Failed(Exception error) => onFailed(error);

    // A new generation is pending like a new instance, so that a host that starts now finds its first turn to take.
    private bool UpdateInstance(WriteSession session) => turn.End is { } end
        ? session.Instances.Complete(_self.Sequence, end, turn.CustomStatus, session.Now)
        : session.Instances.Update(
            _self.Sequence,
            turn.Renewal is null ? turn.Status : OrchestrationRuntimeStatus.Pending,
            turn.CustomStatus,
            session.Now);

    private void DeleteConsumed(WorkStatements work)
    {
        foreach (Delivery delivery in consumed)
        {
            switch (delivery.Source)
            {
                case DeliverySource.Message:
                    work.DeleteMessage(delivery.Row);
                    break;
                case DeliverySource.Activity:
                    work.DeleteActivity(delivery.Row);
                    break;
                case DeliverySource.Timer:
                    work.DeleteTimer(_self.Sequence, (int)delivery.Row);
                    break;
                default:
                    break;
            }
        }
    }

    private void WriteHistory(WriteSession session)
    {
        if (turn.Renewal is not { } renewal)
        {
            session.Instances.Append(_self.Sequence, execution.NextBatch, turn.Events);
            return;
        }

        session.Instances.DeleteHistory(_self.Sequence);
        session.Instances.Append(_self.Sequence, 0, [renewal.Start]);
        session.Work.DeleteTimers(_self.Sequence);
        foreach (HistoryEvent carried in renewal.Carried)
        {
            Post(session, _self, null, carried);
        }
    }

    private void Carry(OrchestratorAction action, WriteSession session)
    {
        switch (action)
        {
            case CallActivity call:
                StoredActivity activity = new(
                    numbering.NextActivity(), _self, _generation, call.Id, call.Scheduled.Name, call.Version, call.Input);
                session.Work.Insert(activity);
                Activities.Add(activity);
                break;
            case StartTimer timer:
                StoredTimer stored = new(_self, _generation, timer.Id, timer.Created.FireAt);
                session.Work.Insert(stored);
                Timers.Add(stored);
                break;
            case SendExternalEvent send:
                Post(session, send.Sent.InstanceId, new EventRaised(send.Sent.Name, send.Payload));
                break;
            case StartSubOrchestration start:
                StartChild(session, start);
                break;
            default:
                throw new InvalidOperationException($"Nobody carries out {action.GetType()}.");
        }
    }

    private void StartChild(WriteSession session, StartSubOrchestration start)
    {
        ParentLink parent = new(_self.Id, execution.Start.Name, _self.Sequence, _generation, start.Id);
        NewInstance child = new(
            numbering.NextInstance(),
            start.Created.InstanceId,
            new ExecutionStarted(start.Created.Name, start.Version, start.Input, 0, parent, start.Tags),
            null);
        if (session.Start(child, ReplaceFinished) == StartOutcome.Started)
        {
            Starts.Add(new StoredStart(new(child.InstanceId, child.Sequence), null));
            return;
        }

        Failure refused = Failure.From(new InvalidOperationException(
            $"An orchestration instance '{child.InstanceId}' is running already."));
        Post(session, _self, _generation, new SubOrchestrationFailed(start.Id, refused));
    }

    private void Finish(WriteSession session, ExecutionEnd end)
    {
        session.Work.DeleteMessages(_self.Sequence);
        session.Work.DeleteTimers(_self.Sequence);
        if (execution.Start.Parent is not { } parent)
        {
            return;
        }

        HistoryEvent report = end switch
        {
            { Status: OrchestrationRuntimeStatus.Completed } => new SubOrchestrationCompleted(parent.TaskId, end.Output),
            { Failure: { } failure } => new SubOrchestrationFailed(parent.TaskId, failure),
            _ => new SubOrchestrationFailed(parent.TaskId, Failure.From(new InvalidOperationException(
                $"The sub-orchestration '{_self.Id}' was terminated."))),
        };
        Post(session, new(parent.InstanceId, parent.Sequence), parent.Generation, report);
    }

    // What is sent to an instance that does not exist is dropped, as the platform does.
    private void Post(WriteSession session, string instanceId, HistoryEvent message)
    {
        if (session.Instances.Find(instanceId) is { } target)
        {
            Post(session, new(instanceId, target.Sequence), null, message);
        }
    }

    private void Post(WriteSession session, InstanceIdentity target, int? generation, HistoryEvent message)
    {
        StoredMessage stored = new(numbering.NextMessage(), target, generation, message);
        if (session.Work.Insert(stored))
        {
            Messages.Add(stored);
        }
    }
}
