using FaceSwap.LocalHost.Durable.Client;
using FaceSwap.LocalHost.Durable.Pump;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>
/// Holds the client of the running task hub. It is not registered as a service of its own: on the platform, too, only
/// the <c>[DurableClient]</c> binding supplies it.
/// </summary>
#pragma warning disable CA1001 // The client owns nothing; the hub it talks to is stopped by the durable host.
internal sealed class DurableClientSource(DataConverter converter, TimeProvider time)
{
    private DurableTaskClient? _client;

    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("The task hub is not running yet.");

    public void Set(TaskHub hub) => _client = new LocalDurableTaskClient(hub, converter, time);
}
