using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Callers;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>One emulator for all tests, in memory, and the hosts that they share; each host takes a container and a task hub of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private readonly bool isShared;

    public AzuriteFixture()
        : this(isShared: true)
    {
    }

    private AzuriteFixture(bool isShared) => this.isShared = isShared;

    public AzuriteServer Azurite { get; private set; } = null!;

    /// <summary>Issues the tokens of the tests' callers.</summary>
    internal TokenIssuer Issuer { get; private set; } = null!;

    internal HostPool Hosts { get; private set; } = null!;

    /// <summary>An emulator of a test's own, on disk: for tests that stop and restart it or count its requests.</summary>
    public static async Task<AzuriteFixture> StartOwnAsync()
    {
        var fixture = new AzuriteFixture(isShared: false);
        await fixture.InitializeAsync();
        return fixture;
    }

    public async ValueTask InitializeAsync()
    {
        Azurite = await AzuriteServer.StartAsync(inMemory: isShared);
        Issuer = await TokenIssuer.StartAsync();
        Hosts = new HostPool(Azurite, Issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await Hosts.DisposeAsync();
        await Issuer.DisposeAsync();
        await Azurite.DisposeAsync();
        if (isShared && Environment.GetEnvironmentVariable("FACESWAP_COUNTS") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, $"{AppHost.Counts.Starts} hosts and {AppHost.Counts.Jobs} jobs were started.\n");
        }
    }
}
