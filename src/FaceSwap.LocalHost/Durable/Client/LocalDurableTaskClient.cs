using System.Globalization;
using FaceSwap.LocalHost.Durable.History;
using FaceSwap.LocalHost.Durable.Pump;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;

namespace FaceSwap.LocalHost.Durable.Client;

/// <summary>
/// The client API over a task hub in the same process. Where the platform answers with a gRPC status, this client throws
/// <see cref="ArgumentException"/> for a missing instance and <see cref="InvalidOperationException"/> for one in the
/// wrong status.
/// </summary>
internal sealed class LocalDurableTaskClient(TaskHub hub, DataConverter converter, TimeProvider time)
    : DurableTaskClient("local")
{
    private const int PurgeBatch = 500;

    public override DurableEntityClient Entities =>
        throw new NotSupportedException("Durable entities are not supported by the local host.");

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var instanceId = options?.InstanceId ?? NewId();
        ExecutionStarted start = new(
            orchestratorName.Name, options?.Version?.Version, converter.Serialize(input), 0, null, options?.Tags);
        StartOutcome outcome = await hub.StartInstanceAsync(instanceId, start, options?.StartAt, DedupePolicy.From(options));
        return outcome == StartOutcome.Started
            ? instanceId
            : throw new InvalidOperationException($"An orchestration instance with the id '{instanceId}' already exists.");
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return PostAsync(instanceId, new EventRaised(eventName, converter.Serialize(eventPayload)), "take events", cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        PostAsync(
            instanceId,
            new ExecutionTerminated(converter.Serialize(options?.Output), options?.Recursive ?? false),
            "be terminated",
            cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, new ExecutionSuspended(reason), "be suspended", cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        PostAsync(instanceId, new ExecutionResumed(reason), "be resumed", cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(hub.Reader.Get(instanceId, getInputsAndOutputs) is { } found
            ? InstanceMetadata.From(found, converter, getInputsAndOutputs)
            : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create((token, pageSize, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(ReadPage(
                filter ?? new OrchestrationQuery(), token ?? filter?.ContinuationToken, pageSize));
        });

    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        InstanceFilter filter = new(
            CompletedFrom: completedTimeFrom, CompletedTo: completedTimeTo, Statuses: runtimeStatus?.ToList());
        var found = hub.Reader.ListIds(filter, ReadToken(lastInstanceKey), pageSize);
        var next = found.Count == pageSize ? WriteToken(found[^1].Sequence) : null;
        return Task.FromResult(new Page<string>([.. found.Select(instance => instance.Id)], next));
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, status => status.IsFinal, getInputsAndOutputs, cancellation);

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return hub.Reader.Get(instanceId, withPayloads: false) is { IsFinished: true } found
            ? new PurgeResult(await PurgeAsync([found.Sequence], options?.Recursive ?? false), isComplete: true)
            : new PurgeResult(0, isComplete: true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        InstanceFilter which = new(filter.CreatedFrom, filter.CreatedTo, Statuses: filter.Statuses?.ToList());
        DateTimeOffset? end = filter.Timeout is { } timeout ? time.GetUtcNow() + timeout : null;
        var purged = 0;
        while (hub.Reader.ListPurgeable(which, PurgeBatch) is { Count: > 0 } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            if (time.GetUtcNow() >= end)
            {
                return new PurgeResult(purged, isComplete: false);
            }

            purged += await PurgeAsync(batch, options?.Recursive ?? false);
        }

        return new PurgeResult(purged, isComplete: true);
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        StoredInstance found = hub.Reader.Get(instanceId, withPayloads: true) ?? throw Missing(instanceId);
        var newId = restartWithNewInstanceId ? NewId() : instanceId;
        ExecutionStarted start = new(found.Name, found.Version, found.Input, 0, null, found.Tags);
        StartOutcome outcome = await hub.StartInstanceAsync(newId, start, null, status => status.IsFinal);
        return outcome == StartOutcome.Started
            ? newId
            : throw new InvalidOperationException($"The orchestration '{instanceId}' is still running and cannot be restarted under its id.");
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task PostAsync(string instanceId, HistoryEvent message, string verb, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        switch (await hub.PostAsync(instanceId, message))
        {
            case PostOutcome.Missing:
                throw Missing(instanceId);
            case PostOutcome.Finished:
                throw new InvalidOperationException($"The orchestration '{instanceId}' is finished and cannot {verb}.");
            default:
                break;
        }
    }

    // An instance that does not exist yet is waited for too, as the platform does.
    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> isReached, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            Task change = hub.Waiters.NextChange(instanceId);
            if (hub.Reader.Get(instanceId, withPayloads) is { } found && isReached(found.Status))
            {
                return InstanceMetadata.From(found, converter, withPayloads);
            }

            await change.WaitAsync(cancellation);
        }
    }

    private Page<OrchestrationMetadata> ReadPage(OrchestrationQuery query, string? token, int? pageSize)
    {
        var limit = pageSize ?? query.PageSize;
        InstanceFilter filter = new(
            query.CreatedFrom, query.CreatedTo, Prefix: query.InstanceIdPrefix, Statuses: query.Statuses?.ToList());
        IReadOnlyList<StoredInstance> found = hub.Reader.Query(filter, ReadToken(token), limit, query.FetchInputsAndOutputs);
        OrchestrationMetadata[] values =
            [.. found.Select(instance => InstanceMetadata.From(instance, converter, query.FetchInputsAndOutputs))];
        return new Page<OrchestrationMetadata>(values, found.Count == limit ? WriteToken(found[^1].Sequence) : null);
    }

    private Task<int> PurgeAsync(IReadOnlyList<long> sequences, bool recursive)
    {
        HashSet<long> all = [.. sequences];
        if (recursive)
        {
            all.UnionWith(sequences.SelectMany(hub.Reader.ListFinishedDescendants));
        }

        return hub.WriteAsync(session =>
        {
            foreach (var sequence in all)
            {
                session.Delete(sequence);
            }

            return all.Count;
        });
    }

    private static ArgumentException Missing(string instanceId) =>
        new($"There is no orchestration instance with the id '{instanceId}'.");

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    private static long ReadToken(string? token) =>
        string.IsNullOrEmpty(token) ? 0
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : throw new ArgumentException($"'{token}' is no continuation token of this client.", nameof(token));

    private static string WriteToken(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);
}
