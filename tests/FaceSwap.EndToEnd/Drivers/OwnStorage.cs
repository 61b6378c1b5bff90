using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>An emulator, with hosts over it, for the tests of a class alone: they end it, count its requests, or keep it so busy that others would find it silent.</summary>
public sealed class OwnStorage : IAsyncLifetime
{
    internal AzuriteFixture Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Storage = await AzuriteFixture.StartOwnAsync();

    public ValueTask DisposeAsync() => Storage.DisposeAsync();
}
