using FaceSwap.Testing.Backend;
using NemoVideo.Simulator.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(SimulatorFixture))]

namespace NemoVideo.Simulator.Tests;

/// <summary>One simulator for the tests that do not end it.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    public SimulatorProcess Simulator { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Simulator = await SimulatorProcess.StartAsync("--anonymouscredits=300", "--maxuploadbytes=300000");

    public ValueTask DisposeAsync() => Simulator.DisposeAsync();
}
