using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>An implementation of the Durable API under test. Each case has its own.</summary>
public interface IConformanceEngine : IAsyncDisposable
{
    /// <summary>Runs the registered code and gives the client to it.</summary>
    Task<DurableTaskClient> StartAsync(Action<ITaskRegistrar> register);
}
