using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>
/// A running task hub: the state file under its lease, and the pumps that work on it. Whatever is ready is dispatched
/// from memory; the file is read at the start and for instances that are not in memory.
/// </summary>
internal sealed class TaskHub : ITurnEffects, IAsyncDisposable
{
    private readonly StateFile _file;
    private readonly StoreWriter _writer;
    private readonly Numbering _numbering;
    private readonly OrchestrationPump _orchestrations;
    private readonly ActivityPump _activities;
    private readonly TimerQueue _timers;

    private TaskHub(
        HeldStateFile held, PendingWork pending, TaskHubOptions options, TaskHubServices services, Action<StateFileException> onFault)
    {
        _file = held.File;
        _numbering = pending.Numbering;
        Reader = new StateReader(held.File);
        _writer = new StoreWriter(held.Connection, held.File.Path, held.Lease, services.Time, onFault);
        _timers = new TimerQueue(services.Time, Fire);
        _activities = new ActivityPump(
            services.Catalog, services.Converter, options, services.Time, services.Loggers.CreateLogger<ActivityPump>(), Report);
        _orchestrations = new OrchestrationPump(
            services.Catalog,
            services.Converter,
            services.Loggers,
            services.Time,
            _writer,
            Reader,
            _numbering,
            new ResidentInstances(options.CachedExecutions),
            this);
    }

    public StateReader Reader { get; }

    public InstanceWaiters Waiters { get; } = new();

    /// <summary>Opens the state file, waits for its lease if another host holds it, and takes up the work it finds.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="services">What to run with.</param>
    /// <param name="onFault">Called once if the file cannot be written any more: the host has to stop.</param>
    /// <param name="onOpened">Called before the first piece of work is taken up.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="StateFileException">The file cannot be used.</exception>
    public static async Task<TaskHub> StartAsync(
        TaskHubOptions options,
        TaskHubServices services,
        Action<StateFileException> onFault,
        Action<TaskHub> onOpened,
        CancellationToken cancellation)
    {
        HeldStateFile held = await HeldStateFile.OpenAsync(options, services.Time, services.Loggers, cancellation);
        PendingWork pending = held.ReadPending();
        TaskHub hub = new(held, pending, options, services, onFault);
        onOpened(hub);
        hub._writer.Begin();
        hub._activities.Begin();
        hub.TakeUp(pending);
        return hub;
    }

    /// <summary>Starts an instance; returns once that is durable.</summary>
    public async Task<StartOutcome> StartInstanceAsync(
        string instanceId, ExecutionStarted start, DateTimeOffset? startAt, Func<OrchestrationRuntimeStatus, bool> mayReplace)
    {
        NewInstance instance = new(_numbering.NextInstance(), instanceId, start, startAt);
        StartOutcome outcome = await _writer.WriteAsync(session => session.Start(instance, mayReplace));
        if (outcome == StartOutcome.Started)
        {
            Begin(new StoredStart(new(instanceId, instance.Sequence), startAt?.UtcDateTime));
        }

        return outcome;
    }

    /// <summary>Sends a message to an instance; returns once that is durable.</summary>
    public async Task<PostOutcome> PostAsync(string instanceId, HistoryEvent message)
    {
        var id = _numbering.NextMessage();
        (PostOutcome outcome, InstanceIdentity instance) = await _writer.WriteAsync(session =>
        {
            if (session.Instances.Find(instanceId) is not { } found)
            {
                return (PostOutcome.Missing, default(InstanceIdentity));
            }

            InstanceIdentity target = new(instanceId, found.Sequence);
            var isPosted = session.Work.Insert(new StoredMessage(id, target, null, message));
            return (isPosted ? PostOutcome.Posted : PostOutcome.Finished, target);
        });
        if (outcome == PostOutcome.Posted)
        {
            Deliver(new StoredMessage(id, instance, null, message));
        }

        return outcome;
    }

    /// <summary>Runs a write of another concern in the same file, such as the timer functions' schedule.</summary>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> body) => _writer.WriteAsync(body);

    public void LetOut(InstanceIdentity instance, TurnCommit commit)
    {
        commit.Activities.ForEach(_activities.Add);
        commit.Timers.ForEach(_timers.Add);
        commit.Messages.ForEach(Deliver);
        commit.Starts.ForEach(Begin);
        foreach (var task in commit.Turn.CancelledTimers)
        {
            _timers.Cancel(instance.Sequence, task);
        }

        if (commit.Turn.End is not null || commit.Turn.Renewal is not null)
        {
            _timers.CancelAll(instance.Sequence);
        }

        if (commit.IsFirstTurn || commit.Turn.End is not null)
        {
            Waiters.Notify(instance.Id);
        }
    }

    public void Finished(InstanceIdentity instance)
    {
        _timers.CancelAll(instance.Sequence);
        Waiters.Notify(instance.Id);
    }

    /// <summary>Stops: activities are told, what is queued for the file is written, the lease is given back.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        await _activities.StopAsync(deadline);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _timers.Dispose();
        await _activities.DisposeAsync();
        _writer.Dispose();
        _file.ReleasePool();
    }

    private void TakeUp(PendingWork pending)
    {
        foreach (StoredTimer timer in pending.Timers)
        {
            _timers.Add(timer);
        }

        foreach (StoredMessage message in pending.Messages)
        {
            Deliver(message);
        }

        foreach (StoredStart start in pending.Starts)
        {
            Begin(start);
        }

        foreach (StoredActivity activity in pending.Activities)
        {
            _activities.Add(activity);
        }
    }

    private void Begin(StoredStart start)
    {
        if (start.StartAt is { } startAt)
        {
            _timers.Add(new StoredTimer(start.Instance, 0, StoredTimer.ScheduledStart, startAt));
        }
        else
        {
            _orchestrations.Deliver(start.Instance, Delivery.Wake);
        }
    }

    private void Fire(StoredTimer timer) => _orchestrations.Deliver(
        timer.Instance,
        timer.TaskId == StoredTimer.ScheduledStart
            ? Delivery.Wake
            : new Delivery(new TimerFired(timer.TaskId), timer.Generation, DeliverySource.Timer, timer.TaskId));

    private void Deliver(StoredMessage message) => _orchestrations.Deliver(
        message.Instance, new Delivery(message.Event, message.Generation, DeliverySource.Message, message.Id));

    private void Report(StoredActivity activity, HistoryEvent outcome) => _orchestrations.Deliver(
        activity.Instance, new Delivery(outcome, activity.Generation, DeliverySource.Activity, activity.Id));
}
