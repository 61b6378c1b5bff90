using Xunit;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Hosts that the tests of one class share, with settings that those of other classes do not have.</summary>
/// <param name="azurite">The emulator.</param>
/// <param name="asDefault">Whether tests are the caller <c>default</c>; otherwise each is a caller of its own.</param>
/// <param name="settings">Named as environment variables, over those of <see cref="RigSettings"/>.</param>
public abstract class ClassHosts(AzuriteFixture azurite, bool asDefault, params (string Name, string Value)[] settings) : IAsyncLifetime
{
    private HostPool pool = null!;

    public ValueTask InitializeAsync()
    {
        pool = new HostPool(azurite.Azurite, asDefault ? null : azurite.Issuer, settings);
        return ValueTask.CompletedTask;
    }

    /// <summary>Takes a host and starts a backend with these arguments for it.</summary>
    internal Task<Rig> StartAsync(params string[] backendArguments) => Rig.StartAsync(azurite, pool, backendArguments);

    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
