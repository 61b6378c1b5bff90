using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Schedules;
using FaceSwap.Testing.Time;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.Tests.Schedules;

/// <summary>
/// Runs the clock of a schedule over its real activities, in a time that only its timers move: a year passes in a second. Timers
/// fire a moment early, as those of Azure's engine do; while the host is down none does, and then at once.
/// </summary>
/// <param name="clock">The time of everything.</param>
/// <param name="end">When nothing is looked at any more.</param>
/// <param name="plan">What looks when the schedule is due.</param>
/// <param name="run">What runs it.</param>
internal sealed class ScheduleContext(
    FakeClock clock, DateTimeOffset end, Func<ScheduleClockInput, Task<SchedulePlan>> plan, Func<ScheduleDueInput, Task<DateTimeOffset?>> run) : TaskOrchestrationContext
{
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(900);

    private readonly Queue<(DateTimeOffset At, Func<Task> Act)> _changes = [];
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _downtimes = [];
    private TaskCompletionSource _changed = new();
    private ScheduleClockInput? _next;

    public override TaskName Name => Orchestrators.ScheduleClock;

    public override string InstanceId => "schedule-1";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => clock.GetUtcNow().UtcDateTime;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Has somebody change the schedule at a moment; in the order of the moments.</summary>
    public void ChangeAt(DateTimeOffset moment, Func<Task> change) => _changes.Enqueue((moment, change));

    /// <summary>Has the host be down for a time.</summary>
    public void BeDown(DateTimeOffset from, DateTimeOffset to) => _downtimes.Add((from, to));

    /// <summary>Runs history after history until the end, or until the schedule is gone.</summary>
    public async Task RunAsync(ScheduleClockInput input)
    {
        try
        {
            for (_next = input; _next is not null;)
            {
                var current = _next;
                (_next, _changed) = (null, new TaskCompletionSource());
                await ScheduleClock.RunAsync(this, current);
            }
        }
        catch (EndOfTimeException)
        {
            // All that was to be seen was seen.
        }
    }

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (name.Name == nameof(ScheduleSteps.RunSchedule))
        {
            return (TResult)(object)(await run((ScheduleDueInput)input!))!;
        }

        var planned = await plan((ScheduleClockInput)input!);
        if (planned is { IsGone: false, At: null })
        {
            // Nothing but a change ends the wait that follows.
            await ChangeAsync();
        }

        return (TResult)(object)planned;
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var fires = new DateTimeOffset(fireAt) - Early;
        fires = _downtimes.FirstOrDefault(down => fires >= down.From && fires < down.To) is { To: var up } && up > fires ? up : fires;
        if (_changes.TryPeek(out var change) && change.At < fires)
        {
            return LeaveAsync(cancellationToken);
        }

        MoveTo(fires);
        return Task.CompletedTask;
    }

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        // Nobody asks for runs besides.
        await (eventName == ScheduleClockInput.Changed ? _changed : new TaskCompletionSource()).Task.WaitAsync(cancellationToken);
        return default!;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => _next = (ScheduleClockInput?)newInput;

    public override T GetInput<T>() => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    // A timer that is left must be cancelled: its task ends in no other way.
    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var left = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() => left.TrySetCanceled(cancellationToken));
        await ChangeAsync();
        await left.Task;
    }

    private async Task ChangeAsync()
    {
        if (!_changes.TryDequeue(out var change))
        {
            throw new EndOfTimeException();
        }

        MoveTo(change.At);
        await change.Act();
        _changed.SetResult();
    }

    private void MoveTo(DateTimeOffset moment)
    {
        if (moment >= end)
        {
            throw new EndOfTimeException();
        }

        if (moment > clock.GetUtcNow())
        {
            clock.Advance(moment - clock.GetUtcNow());
        }
    }

    private sealed class EndOfTimeException : Exception;
}
