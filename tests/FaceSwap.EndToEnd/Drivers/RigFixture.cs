using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>One rig for the tests of a class, which run one after the other; each job has sessions, and so scenarios, of its own.</summary>
public sealed class RigFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private Rig? rig;

    public async ValueTask InitializeAsync() => rig = await Rig.StartAsync(azurite);

    public ValueTask DisposeAsync() => rig!.DisposeAsync();

    /// <summary>The rig, its host running even after a test that left it killed.</summary>
    internal async Task<Rig> RunningAsync()
    {
        if (!rig!.Host.IsRunning)
        {
            await rig.Host.StartAsync();
        }

        return rig;
    }
}
