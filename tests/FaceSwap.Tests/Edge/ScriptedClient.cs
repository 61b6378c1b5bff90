using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Xunit;

namespace FaceSwap.Tests.Edge;

/// <summary>The instances of a task hub in memory: it starts each id once and lets a test say what became of it.</summary>
internal sealed class ScriptedClient(TimeProvider? time = null) : DurableTaskClient("scripted")
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OrchestrationMetadata> _instances = [];

    /// <summary>Runs before a start takes effect, with the id.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Runs after a start took effect and before its answer is seen, with the id.</summary>
    public Action<string>? After { get; set; }

    /// <summary>Runs when an instance is asked for, with the id.</summary>
    public Action<string>? Reading { get; set; }

    /// <summary>Runs before an event is raised, with the id of its instance.</summary>
    public Action<string>? Raising { get; set; }

    /// <summary>The events that were raised, in this order.</summary>
    public List<(string Id, string Event)> Raised { get; } = [];

    /// <summary>What was started, in this order.</summary>
    public List<(string Orchestrator, string Id, object? Input)> Started { get; } = [];

    /// <summary>The options of the last start.</summary>
    public StartOrchestrationOptions? Options { get; private set; }

    /// <summary>Says what became of an instance.</summary>
    /// <param name="output">How it ended.</param>
    /// <param name="custom">Its custom status.</param>
    public void Set(string id, OrchestrationRuntimeStatus status, object? output = null, object? custom = null)
    {
        lock (_gate)
        {
            _instances[id] = Describe("Scripted", id, status, Started.Find(started => started.Id == id).Input, output, custom);
        }
    }

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = options!.InstanceId!;
        Before?.Invoke(id);
        lock (_gate)
        {
            Options = options;
            if (!_instances.TryAdd(id, Describe(orchestratorName.Name, id, OrchestrationRuntimeStatus.Running, input, null)))
            {
                throw new InvalidOperationException("There is one already.");
            }

            Started.Add((orchestratorName.Name, id, input));
        }

        After?.Invoke(id);
        return Task.FromResult(id);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Reading?.Invoke(instanceId);
        lock (_gate)
        {
            return Task.FromResult(_instances.GetValueOrDefault(instanceId));
        }
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Raising?.Invoke(instanceId);
        Raised.Add((instanceId, eventName));
        return Task.CompletedTask;
    }

    /// <summary>Runs before an instance is purged, with its id.</summary>
    public Action<string>? Purging { get; set; }

    /// <summary>The instances that were ended.</summary>
    public List<string> Terminated { get; } = [];

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Purging?.Invoke(instanceId);
        lock (_gate)
        {
            var isThere = _instances.TryGetValue(instanceId, out var instance);
            Assert.True(!isThere || instance!.IsCompleted, $"{instanceId} runs, and was to be purged.");
            return Task.FromResult(new PurgeResult(_instances.Remove(instanceId) ? 1 : 0));
        }
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Terminated.Add(instanceId);
        return Task.CompletedTask;
    }

    /// <summary>The ids of all instances, in ordinal order.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_gate)
            {
                return [.. _instances.Keys.Order(StringComparer.Ordinal)];
            }
        }
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        lock (_gate)
        {
            var found = _instances.Values.Where(instance => filter?.Statuses?.Contains(instance.RuntimeStatus) != false
                && (filter?.CreatedTo is not { } end || instance.CreatedAt < end)
                && instance.InstanceId.StartsWith(filter?.InstanceIdPrefix ?? "", StringComparison.Ordinal)).ToList();
            return Pageable.Create((_, _) => Task.FromResult(new Page<OrchestrationMetadata>(found)));
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private OrchestrationMetadata Describe(string orchestrator, string id, OrchestrationRuntimeStatus status, object? input, object? output, object? custom = null) =>
        new(orchestrator, id)
        {
            CreatedAt = time?.GetUtcNow() ?? default,
            RuntimeStatus = status,
            DataConverter = JsonDataConverter.Default,
            SerializedInput = JsonDataConverter.Default.Serialize(input),
            SerializedOutput = JsonDataConverter.Default.Serialize(output),
            SerializedCustomStatus = JsonDataConverter.Default.Serialize(custom),
        };
}
