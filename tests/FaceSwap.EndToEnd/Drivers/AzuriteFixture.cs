using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Emulator;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>One emulator for all tests; each takes a container of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public AzuriteServer Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Azurite = await AzuriteServer.StartAsync();

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();
}
