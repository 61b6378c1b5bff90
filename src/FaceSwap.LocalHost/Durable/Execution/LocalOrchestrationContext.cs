using System.Diagnostics.CodeAnalysis;
using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>What an orchestrator's code sees of the engine.</summary>
internal sealed class LocalOrchestrationContext(
    string instanceId,
    RequestLog requests,
    ExternalEvents externalEvents,
    TurnScheduler scheduler,
    DataConverter converter,
    ILoggerFactory loggers) : TaskOrchestrationContext
{
    // 16 KB of UTF-16, beyond which the platform fails an orchestration.
    private const int LongestCustomStatus = 8192;

    private ExecutionStarted? _start;
    private bool _isReplaying;
    private int _guids;

    public override TaskName Name => new(_start!.Name);

    public override string InstanceId => instanceId;

    public override string Version => _start?.Version ?? string.Empty;

    public override ParentOrchestrationInstance? Parent =>
        _start?.Parent is { } parent ? new(new TaskName(parent.Name), parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => CurrentTurn;

    public override bool IsReplaying => _isReplaying;

    public DateTime CurrentTurn { get; set; }

    public string? SerializedCustomStatus { get; private set; }

    /// <summary>Set once the code called <c>ContinueAsNew</c>.</summary>
    public NextGeneration? NextGeneration { get; private set; }

    protected override ILoggerFactory LoggerFactory => loggers;

    public void Bind(ExecutionStarted start) => _start = start;

    public void SetReplaying(bool isReplaying) => _isReplaying = isReplaying;

    public object? ReadInput(Type type) => _start!.Input is { } input ? converter.Deserialize(input, type) : null;

    [return: MaybeNull]
    public override T GetInput<T>() => ReadInput(typeof(T)) is T input ? input : default;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        RefuseOptionsAsInput(input, options);
        var version = options?.Version?.Version ?? Version;
        return new RetryLoop(this).RunAsync(options?.Retry, () =>
        {
            EnsureInTurn();
            ActivityScheduled scheduled = new(requests.TakeId(), name.Name);
            CallActivity call = new(scheduled, converter.Serialize(input), version);
            return ReadAsync<TResult>(requests.Add(call, name));
        });
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        RefuseOptionsAsInput(input, options);
        EnsureInTurn();
        var childId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        return new RetryLoop(this).RunAsync(options?.Retry, () =>
        {
            EnsureInTurn();
            SubOrchestrationCreated created = new(requests.TakeId(), orchestratorName.Name, childId);
            StartSubOrchestration start = new(
                created, converter.Serialize(input), options?.Version?.Version, options?.Tags?.AsReadOnly());
            return ReadAsync<TResult>(requests.Add(start, orchestratorName));
        });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureInTurn();
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        TimerCreated created = new(requests.TakeId(), fireAt.ToUniversalTime());
        PendingTask timer = requests.Add(new StartTimer(created), "timer");
        cancellationToken.Register(() => requests.CancelTimer(created.Id, cancellationToken));
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureInTurn();
        TypedEventWaiter<T> waiter = new(eventName, converter, cancellationToken);
        externalEvents.Add(waiter);
        return waiter.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureInTurn();
        EventSent sent = new(requests.TakeId(), instanceId, eventName);
        requests.Add(new SendExternalEvent(sent, converter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureInTurn();
        var serialized = converter.Serialize(customStatus);
        if (serialized?.Length > LongestCustomStatus)
        {
            throw new InvalidOperationException($"The custom status has {serialized.Length} characters; the platform allows {LongestCustomStatus} (16 KB).");
        }

        SerializedCustomStatus = serialized;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureInTurn();
        NextGeneration = new(converter.Serialize(newInput), null, preserveUnprocessedEvents);
    }

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureInTurn();
        var version = string.IsNullOrWhiteSpace(options.NewVersion) ? null : options.NewVersion;
        NextGeneration = new(converter.Serialize(options.NewInput), version, options.PreserveUnprocessedEvents);
    }

    public override Guid NewGuid() => DeterministicGuid.Create(instanceId, CurrentTurn, _guids++);

    /// <summary>Reads how the code ended.</summary>
    public ExecutionEnd Complete(Task<object?> run)
    {
        try
        {
            var output = run.GetAwaiter().GetResult();
            return new(OrchestrationRuntimeStatus.Completed, converter.Serialize(output), null);
        }
        catch (Exception failure)
        {
            return ExecutionEnd.Failed(Failure.From(failure));
        }
    }

    private async Task<TResult> ReadAsync<TResult>(PendingTask pending) =>
        converter.Deserialize<TResult>(await pending.Task)!;

    // A call from another thread would be answered differently by every replay.
    private void EnsureInTurn()
    {
        if (!scheduler.IsInTurn)
        {
            throw new InvalidOperationException(
                "The orchestration context was used outside of the orchestrator's own thread. Await only tasks of the context, without ConfigureAwait(false).");
        }
    }

    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("Task options were passed as the input; name the parameter: options: ...", nameof(input));
        }
    }
}
