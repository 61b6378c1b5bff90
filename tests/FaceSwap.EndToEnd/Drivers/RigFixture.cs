using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The app in the test process for the tests of a class, which run one after the other; each job has sessions, and so scenarios, of its own.</summary>
public sealed class RigFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private Task<string>? completed;

    internal Rig Rig { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rig = await Rig.StartInProcessAsync(azurite);

    public ValueTask DisposeAsync() => Rig.DisposeAsync();

    /// <summary>A job that has completed, for tests that need one and change nothing of it.</summary>
    internal Task<string> CompletedJobAsync() => completed ??= CompleteAsync();

    private async Task<string> CompleteAsync()
    {
        var id = await Rig.Jobs.SubmitAsync();
        await Rig.CompletedOnceAsync(id);
        return id;
    }
}

/// <summary>A shared host for the tests of a class, which run one after the other.</summary>
public sealed class HostRigFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    internal Rig Rig { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rig = await Rig.StartAsync(azurite);

    public ValueTask DisposeAsync() => Rig.DisposeAsync();
}
