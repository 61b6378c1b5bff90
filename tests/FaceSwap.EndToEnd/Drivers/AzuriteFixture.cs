using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Callers;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The emulators that tests share, in memory, and the hosts that they share; each host takes an account and a task hub of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    // Each blob that is deleted has the emulator put all its blobs in order anew: it gets slow with what it holds.
    private const int AccountsOfAServer = 25;

    private readonly bool isShared;
    private readonly SemaphoreSlim starting = new(1);
    private readonly List<AzuriteServer> further = [];
    private int accounts;

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

    /// <summary>An account that nobody uses yet; of the shared emulators in one that is not full.</summary>
    internal async Task<StorageAccount> NewAccountAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (isShared && ++accounts % AccountsOfAServer == 0)
            {
                further.Add(await AzuriteServer.StartAsync(inMemory: true));
            }

            return (further.LastOrDefault() ?? Azurite).NewAccount();
        }
        finally
        {
            starting.Release();
        }
    }

    public async ValueTask InitializeAsync()
    {
        Azurite = await AzuriteServer.StartAsync(inMemory: isShared);
        Issuer = await TokenIssuer.StartAsync();
        Hosts = new HostPool(NewAccountAsync, Issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await Hosts.DisposeAsync();
        await Issuer.DisposeAsync();
        foreach (var server in further.Prepend(Azurite))
        {
            await server.DisposeAsync();
        }

        starting.Dispose();
        if (isShared && Environment.GetEnvironmentVariable("FACESWAP_COUNTS") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, $"{AppHost.Counts.Starts} hosts and {AppHost.Counts.Jobs} jobs were started; {AppHost.Counts.Workers.TotalSeconds:0} s of their workers count.\n");
        }
    }
}
