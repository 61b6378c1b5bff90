// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Abstractions.
using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How an instance is started: its id, when, and which statuses of an instance of that id refuse a new one.</summary>
public record StartOrchestrationOptions
{
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null) =>
        (this.InstanceId, this.StartAt) = (InstanceId, StartAt);

    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (InstanceId, StartAt) = (options.InstanceId, options.StartAt);
        (Tags, Version, DedupeStatuses) = (options.Tags, options.Version, options.DedupeStatuses);
    }

    public string? InstanceId { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public TaskVersion? Version { get; init; }

    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
