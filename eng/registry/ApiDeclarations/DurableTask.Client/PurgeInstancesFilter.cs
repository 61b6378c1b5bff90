// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Client.
namespace Microsoft.DurableTask.Client;

public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>How long the purge may take; null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
