using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Which instances a query is about; what is null does not restrict.</summary>
internal sealed record InstanceFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    DateTimeOffset? CompletedFrom = null,
    DateTimeOffset? CompletedTo = null,
    string? Prefix = null,
    IReadOnlyList<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>The statuses as a JSON array of numbers, the form the statements take them in.</summary>
    public string? StatusNumbers => Statuses is { Count: > 0 }
        ? $"[{string.Join(',', Statuses.Select(status => (int)status))}]"
        : null;
}
