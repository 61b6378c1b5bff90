using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Client;

/// <summary>Which existing instances a start may replace.</summary>
internal static class DedupePolicy
{
    /// <summary>
    /// Without dedupe statuses a finished instance is replaced and a live one is not; with them, every status that is
    /// not named is replaced.
    /// </summary>
    /// <exception cref="ArgumentException">A name is no status.</exception>
    public static Func<OrchestrationRuntimeStatus, bool> From(StartOrchestrationOptions? options)
    {
        if (options?.DedupeStatuses is not { } names)
        {
            return status => status.IsFinal;
        }

        HashSet<OrchestrationRuntimeStatus> kept = [.. names.Select(Parse)];
        return status => !kept.Contains(status);
    }

    private static OrchestrationRuntimeStatus Parse(string name) =>
        Enum.TryParse(name, ignoreCase: true, out OrchestrationRuntimeStatus status)
            ? status
            : throw new ArgumentException($"'{name}' is no runtime status; a dedupe status is one of OrchestrationRuntimeStatus.");
}
