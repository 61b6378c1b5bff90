using FaceSwap.LocalHost.Tests.Conformance;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>The local host's engine under the conformance cases.</summary>
/// <param name="cachedExecutions">Zero has every turn replay from the start.</param>
public abstract class LocalEngine(int cachedExecutions) : IConformanceEngine
{
    private readonly EngineFixture _fixture = new() { CachedExecutions = cachedExecutions };

    public Task<DurableTaskClient> StartAsync(Action<ITaskRegistrar> register)
    {
        register(_fixture.Tasks);
        return _fixture.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
