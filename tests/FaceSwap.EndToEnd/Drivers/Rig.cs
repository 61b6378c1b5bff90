using Azure.Storage.Blobs;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Processes;
using FaceSwap.Testing.Webhooks;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The whole product over real processes: backend, storage, host, and a receiver of webhooks.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly string[] ManyCredits = ["--anonymouscredits=100000"];
    private readonly HostPool? pool;
    private readonly IRigHost host;
    private readonly AzuriteFixture fixture;

    private Rig(AzuriteFixture fixture, IRigHost host, ISimulator backend, WebhookReceiver receiver, string? token = null, HostPool? pool = null)
    {
        this.fixture = fixture;
        this.host = host;
        this.pool = pool;
        Backend = backend;
        Receiver = receiver;
        Token = token;
        Log = pool is null ? host.Log : host.Log.FromHere();
        Jobs = new JobCaller(this);
    }

    public ISimulator Backend { get; }

    public WebhookReceiver Receiver { get; }

    /// <summary>The host as a process; there is none where the app runs in the test process.</summary>
    public AppHost Host => ((RigHost)host).App;

    /// <summary>Where the app answers.</summary>
    public Uri Address => host.Address;

    public string FunctionKey => host.FunctionKey;

    public AzuriteServer Azurite => fixture.Azurite;

    /// <summary>The account that its host alone uses.</summary>
    public StorageAccount Storage => host.Storage;

    public BlobContainerClient Container => host.Container;

    public string MasterKey => host.MasterKey;

    /// <summary>The bearer token of the test's caller; null where the caller is <c>default</c>.</summary>
    public string? Token { get; }

    /// <summary>What the host has written since the test began.</summary>
    public ProcessLog Log { get; }

    public JobCaller Jobs { get; }

    /// <summary>Starts the app in the test process with these settings, its only caller <c>default</c>; see <see cref="InProcessHost"/>.</summary>
    public static Task<Rig> StartInProcessAsync(AzuriteFixture fixture, params (string Name, string Value)[] settings) =>
        StartInProcessAsync(fixture, ManyCredits, settings);

    /// <summary>The same, the backend with arguments of its own.</summary>
    public static async Task<Rig> StartInProcessAsync(AzuriteFixture fixture, string[] backendArguments, params (string Name, string Value)[] settings)
    {
        var host = await InProcessHost.StartAsync(await fixture.NewAccountAsync(), settings);
        return new Rig(fixture, host, await InProcessSimulator.StartAsync(host.BackendPort, backendArguments), await WebhookReceiver.StartAsync());
    }

    /// <summary>Takes a shared host with these settings, which are named as environment variables and override those of <see cref="RigSettings"/>.</summary>
    /// <remarks>The test is a caller of its own with an account of its own at the backend; see <see cref="HostPool"/>.</remarks>
    public static Task<Rig> StartAsync(AzuriteFixture fixture, params (string Name, string Value)[] settings) => StartAsync(fixture, ManyCredits, settings);

    /// <summary>The same, the backend with arguments of its own.</summary>
    public static Task<Rig> StartAsync(AzuriteFixture fixture, string[] backendArguments, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, async port => await InProcessSimulator.StartAsync(port, backendArguments), settings);

    /// <summary>The same, the backend a process that can be killed.</summary>
    public static async Task<(Rig Rig, SimulatorProcess Backend)> StartWithProcessAsync(AzuriteFixture fixture)
    {
        var rig = await StartAsync(fixture, async port => await SimulatorProcess.StartAsync(port, ManyCredits), []);
        return (rig, (SimulatorProcess)rig.Backend);
    }

    /// <summary>Starts a host of the test's own, whose only caller is <c>default</c>: for tests of its start, of its end and of its log.</summary>
    public static async Task<Rig> StartOwnAsync(AzuriteFixture fixture, params (string Name, string Value)[] settings) =>
        await StartOwnAsync(fixture, await InProcessSimulator.StartAsync(ManyCredits), settings);

    /// <summary>Starts a host of the test's own before this backend, which goes with the rig.</summary>
    public static async Task<Rig> StartOwnAsync(AzuriteFixture fixture, ISimulator backend, params (string Name, string Value)[] settings)
    {
        try
        {
            var host = await RigHost.StartAsync(await fixture.NewAccountAsync(), backend.Address.Port, settings);
            return new Rig(fixture, host, backend, await WebhookReceiver.StartAsync());
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    private static async Task<Rig> StartAsync(AzuriteFixture fixture, Func<int, Task<ISimulator>> startBackend, (string Name, string Value)[] settings)
    {
        var (host, token) = await fixture.Hosts.TakeAsync(settings);
        try
        {
            return new Rig(fixture, host, await startBackend(host.BackendPort), await WebhookReceiver.StartAsync(), token, fixture.Hosts);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="IRigHost.RunTimerAsync"/>
    public Task RunTimerAsync(string function) => host.RunTimerAsync(function);

    /// <inheritdoc cref="IRigHost.InstanceIdsAsync"/>
    public Task<IReadOnlyList<string>> InstanceIdsAsync() => host.InstanceIdsAsync();

    /// <summary>A client that carries the function key and the caller's token.</summary>
    public HttpClient CreateClient(HttpMessageHandler? handler = null)
    {
        var client = handler is null ? new HttpClient() : new HttpClient(handler);
        client.BaseAddress = Address;
        client.DefaultRequestHeaders.Add("x-functions-key", FunctionKey);
        client.DefaultRequestHeaders.Authorization = Token is null ? null : new("Bearer", Token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Jobs.Dispose();
        if (pool is not null)
        {
            await pool.ReturnAsync((RigHost)host, Backend.DisposeAsync);
        }
        else
        {
            await host.DisposeAsync();
            await Backend.DisposeAsync();
        }

        await Receiver.DisposeAsync();
    }
}
