using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>
/// Brings deliveries to instances: replays those that are not in memory, takes a turn, has it committed, and only then
/// lets its effects out.
/// </summary>
internal sealed partial class OrchestrationPump(
    ITaskCatalog catalog,
    DataConverter converter,
    ILoggerFactory loggers,
    TimeProvider time,
    StoreWriter writer,
    StateReader reader,
    Numbering numbering,
    ResidentInstances residents,
    ITurnEffects effects)
{
    private readonly ILogger _log = loggers.CreateLogger<OrchestrationPump>();

    public void Deliver(InstanceIdentity instance, Delivery delivery)
    {
        MailboxState state;
        InstanceMailbox mailbox;
        do
        {
            mailbox = residents.Get(instance);
            state = mailbox.Add(delivery);
            if (state == MailboxState.Retired)
            {
                residents.Remove(mailbox);
            }
        }
        while (state == MailboxState.Retired);

        if (state == MailboxState.Ready)
        {
            Schedule(mailbox);
        }
    }

    private void Schedule(InstanceMailbox mailbox) =>
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.Pump.TakeTurn(turn.Mailbox), (Pump: this, Mailbox: mailbox), preferLocal: false);

    private void TakeTurn(InstanceMailbox mailbox)
    {
        List<Delivery> deliveries = mailbox.Take();
        try
        {
            OrchestrationExecution? execution = mailbox.Execution ??= Load(mailbox);
            if (execution is null)
            {
                Drop(mailbox, deliveries);
                return;
            }

            HistoryEvent[] messages = [.. deliveries.Where(delivery => IsFor(delivery, execution)).Select(delivery => delivery.Event!)];
            Turn turn = execution.Advance(time.GetUtcNow().UtcDateTime, messages);
            Commit(mailbox, execution, turn, deliveries);
        }
        catch (SqliteException unreadable)
        {
            // That says nothing about the instance: the host stops, or has stopped already.
            writer.Report(unreadable);
        }
        catch (Exception defect)
        {
            // The edge of one instance: whatever goes wrong in it must not touch the others.
            Log.TurnFailed(_log, defect, mailbox.Identity.Id);
            Abandon(mailbox, defect);
        }
    }

    private static bool IsFor(Delivery delivery, OrchestrationExecution execution) =>
        delivery.Event is not null && (delivery.Generation is null || delivery.Generation == execution.Start.Generation);

    private OrchestrationExecution? Load(InstanceMailbox mailbox)
    {
        IReadOnlyList<IReadOnlyList<HistoryEvent>> batches = reader.ReadHistory(mailbox.Identity.Sequence);
        var isOver = batches is [.., [.., ExecutionCompleted]];
        if (batches.Count == 0 || isOver)
        {
            return null;
        }

        OrchestrationExecution execution = new(
            mailbox.Identity, catalog, converter, loggers, () => Deliver(mailbox.Identity, Delivery.Wake))
        {
            NextBatch = batches.Count,
        };
        execution.Replay(batches.SelectMany(batch => batch));
        return execution;
    }

    private void Commit(InstanceMailbox mailbox, OrchestrationExecution execution, Turn turn, List<Delivery> consumed) =>
        writer.Post(new TurnCommit(
            execution,
            turn,
            consumed,
            numbering,
            commit => Committed(mailbox, execution, commit),
            error => CommitFailed(mailbox, execution, consumed, error)));

    private void Committed(InstanceMailbox mailbox, OrchestrationExecution execution, TurnCommit commit)
    {
        if (commit.IsStale)
        {
            Drop(mailbox, []);
            return;
        }

        effects.LetOut(mailbox.Identity, commit);
        if (commit.Turn.End is { } end)
        {
            Log.Finished(_log, execution.Start.Name, mailbox.Identity.Id, end.Status, end.Failure?.Message);
            Drop(mailbox, []);
            return;
        }

        execution.NextBatch++;
        if (commit.Turn.Renewal is not null)
        {
            mailbox.Execution = null;
            mailbox.Add(Delivery.Wake);
        }

        GoOn(mailbox);
    }

    private void GoOn(InstanceMailbox mailbox)
    {
        if (mailbox.EndTurn() == MailboxState.Ready)
        {
            Schedule(mailbox);
        }
        else
        {
            residents.Touch(mailbox);
        }
    }

    // An error that is not the file's own: this one turn cannot be written. The instance fails, the rest goes on.
    private void CommitFailed(InstanceMailbox mailbox, OrchestrationExecution execution, List<Delivery> consumed, Exception error)
    {
        if (error is StateFileException or ObjectDisposedException)
        {
            return;
        }

        Log.TurnFailed(_log, error, mailbox.Identity.Id);
        if (execution.HasFailedToCommit)
        {
            return;
        }

        execution.HasFailedToCommit = true;
        Commit(mailbox, execution, execution.FailedTurn(error), consumed);
    }

    // The history cannot be read, so there is nothing to fold: the instance's row alone says that it failed.
    private void Abandon(InstanceMailbox mailbox, Exception defect)
    {
        ExecutionEnd end = ExecutionEnd.Failed(Failure.From(defect));
        writer.WriteAsync(session => session.Instances.Complete(mailbox.Identity.Sequence, end, null, session.Now))
            .ContinueWith(
                _ => effects.Finished(mailbox.Identity),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        Drop(mailbox, []);
    }

    // The instance is over, replaced or purged. Activities that nobody waits for still leave their rows behind.
    private void Drop(InstanceMailbox mailbox, IReadOnlyList<Delivery> undelivered)
    {
        residents.Remove(mailbox);
        long[] activities = [.. undelivered.Concat(mailbox.Retire()).Where(delivery => delivery.Source == DeliverySource.Activity).Select(delivery => delivery.Row)];
        if (activities.Length > 0)
        {
            writer.WriteAsync(session =>
            {
                Array.ForEach(activities, session.Work.DeleteActivity);
                return true;
            });
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "The orchestration {InstanceId} could not take its turn and fails.")]
        public static partial void TurnFailed(ILogger logger, Exception defect, string instanceId);

        [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Orchestration {Orchestrator} {InstanceId} ended: {Status} {Reason}")]
        public static partial void Finished(ILogger logger, string orchestrator, string instanceId, OrchestrationRuntimeStatus status, string? reason);
    }
}
