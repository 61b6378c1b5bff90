using System.Text.Json;
using FaceSwap.Errors;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.Tests.Edge;

/// <summary>
/// Runs an orchestrator with scripted activities and a clock of its own, which only timers move: days pass in no time.
/// Retries are made by the policy that the orchestrator gives.
/// </summary>
internal class ScriptedContext : TaskOrchestrationContext
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, Func<object?, object?>> _activities = [];
    private readonly TaskCompletionSource _raised = new();
    private TimeSpan _early;
    private DateTime _raisedAt = DateTime.MaxValue;

    /// <summary>Every custom status that was set, as the platform serialises it.</summary>
    public List<string> Statuses { get; } = [];

    /// <summary>Every call of an activity: its name, when, and what it was given.</summary>
    public List<(string Step, DateTime At, object? Input)> Calls { get; } = [];

    /// <summary>The timers that were left and not cancelled; the platform would not end the orchestration before they fire.</summary>
    public int OpenTimers { get; private set; }

    /// <summary>The input of the next history, when the orchestrator went on with one.</summary>
    public object? ContinuedWith { get; private set; }

    public override TaskName Name => "Scripted";

    public override string InstanceId => "job_1";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    private DateTime Now { get; set; } = Start;

    /// <summary>Scripts an activity: it gives a value, or a <see cref="JobError"/>, or throws <see cref="InvalidOperationException"/>.</summary>
    public void Script(string activity, Func<object?, object?> outcome) => _activities[activity] = outcome;

    /// <summary>What an activity does as it is scripted now.</summary>
    protected Func<object?, object?> ScriptOf(string activity) => _activities[activity];

    /// <summary>From its first call on, an activity fails for so long; then it goes on as scripted.</summary>
    public void Interrupt(string activity, TimeSpan outage, Func<object?> meanwhile)
    {
        var scripted = _activities[activity];
        DateTime? since = null;
        Script(activity, input => Now < (since ??= Now) + outage ? meanwhile() : scripted(input));
    }

    /// <summary>Has every timer fire a moment early, as those of Azure's engine do.</summary>
    public void FireEarlyBy(TimeSpan moment) => _early = moment;

    /// <summary>Has the event arrive for which the orchestrator waits, in so much time: while a timer runs, or with the next thing that happens after that.</summary>
    public void RaiseIn(TimeSpan time)
    {
        _raisedAt = Now + time;
        RaiseWhenDue();
    }

    public int CallsOf(string activity) => Calls.Count(call => call.Step == activity);

    /// <summary>What the activities that take this were given, in the order of their calls.</summary>
    public IReadOnlyList<T> InputsOf<T>() => [.. Calls.Select(call => call.Input).OfType<T>()];

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var policy = options?.Retry?.Policy;
        var wait = policy?.FirstRetryInterval ?? TimeSpan.Zero;
        var until = policy is null || policy.RetryTimeout <= TimeSpan.Zero ? DateTime.MaxValue : Now + policy.RetryTimeout;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Calls.Add((name.Name, Now, input));
                return ResultOf<TResult>(_activities[name.Name](input));
            }
            catch (InvalidOperationException failure)
            {
                if (attempt >= (policy?.MaxNumberOfAttempts ?? 1) || Now >= until)
                {
                    throw new TaskFailedException(name, attempt, failure);
                }

                await CreateTimer(Now + wait, CancellationToken.None);
                wait = TimeSpan.FromTicks(Math.Min((wait * policy!.BackoffCoefficient).Ticks, policy.MaxRetryInterval > TimeSpan.Zero ? policy.MaxRetryInterval.Ticks : long.MaxValue));
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var fires = fireAt - _early;
        if (!_raised.Task.IsCompleted && _raisedAt < fires && cancellationToken.CanBeCanceled)
        {
            // The event comes first, and the timer is left.
            Now = _raisedAt;
            RaiseWhenDue();
            OpenTimers++;
            var timer = new TaskCompletionSource();
            cancellationToken.Register(() =>
            {
                OpenTimers--;
                timer.TrySetCanceled(cancellationToken);
            });
            return timer.Task;
        }

        Now = fires > Now ? fires : Now;
        RaiseWhenDue();
        return Task.CompletedTask;
    }

    private void RaiseWhenDue()
    {
        if (Now >= _raisedAt)
        {
            _raised.TrySetResult();
        }
    }

    public override void SetCustomStatus(object? customStatus) => Statuses.Add(JsonSerializer.Serialize(customStatus));

    public override Guid NewGuid() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => ContinuedWith = newInput;

    public override T GetInput<T>() => throw new NotSupportedException();

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        await _raised.Task.WaitAsync(cancellationToken);
        return default!;
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    // A step's result is a StepResult of its value or of its failure; other activities give what they give.
    private static TResult ResultOf<TResult>(object? outcome) =>
        typeof(TResult).IsGenericType && typeof(TResult).GetGenericTypeDefinition() == typeof(StepResult<>)
            ? (TResult)Activator.CreateInstance(typeof(TResult), outcome is JobError ? null : outcome, outcome as JobError)!
            : (TResult)outcome!;
}
