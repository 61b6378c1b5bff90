using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Has the extension's own binding say what a worker needs for a Durable client: its gRPC address, the task hub, and so on.</summary>
public static class DurableClientProbe
{
    /// <summary>Takes what was bound.</summary>
    [NoAutomaticTrigger]
#pragma warning disable DF0203 // Text is what the binding gives to workers in a process of their own.
    public static void Take([DurableClient] string client, Action<string> take) => take(client);
#pragma warning restore DF0203
}
