using System.Text.Json.Nodes;
using Azure.Storage.Blobs;

namespace FaceSwap.LocalHost.Timers;

/// <summary>Runs timer functions by their schedules, on one of the hosts that share a task hub.</summary>
internal static class TimerHost
{
    /// <summary>Runs them until it is cancelled; what runs then is asked to end.</summary>
    public static Task RunAsync(
        IReadOnlyCollection<TimerFunction> functions, string durableClient, BlobServiceClient storage, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var container = storage.GetBlobContainerClient("azure-webjobs-hosts");
        var hostId = JsonNode.Parse(durableClient)!["taskHubName"]!.ToString().ToLowerInvariant();
        Func<CancellationToken, Task>[] timers =
            [.. functions.Select(function => (Func<CancellationToken, Task>)new FunctionTimer(function, new TimerStatusBlob(container, hostId, function.Name), time, log).RunAsync)];
        return timers.Length == 0 ? Task.CompletedTask : new TimerLease(container, hostId, time, log).RunAsync(timers, cancellation);
    }
}
