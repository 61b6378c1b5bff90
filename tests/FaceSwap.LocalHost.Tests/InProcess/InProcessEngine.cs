using FaceSwap.LocalHost.Tests.Conformance;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;

namespace FaceSwap.LocalHost.Tests.InProcess;

/// <summary>Microsoft's in-memory engine under the same cases: what it does is what the local host is held to.</summary>
public sealed class InProcessEngine : IConformanceEngine
{
    private DurableTaskTestHost? _host;

    public async Task<DurableTaskClient> StartAsync(Action<ITaskRegistrar> register)
    {
        _host = await DurableTaskTestHost.StartAsync(registry => register(new InProcessRegistrar(registry)));
        return _host.Client;
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
