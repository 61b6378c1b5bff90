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
    private readonly RigHost host;
    private readonly AzuriteFixture fixture;

    private Rig(AzuriteFixture fixture, RigHost host, ISimulator backend, WebhookReceiver receiver, string? token = null, HostPool? pool = null)
    {
        this.fixture = fixture;
        this.host = host;
        this.pool = pool;
        Backend = backend;
        Receiver = receiver;
        Token = token;
        Log = pool is null ? host.App.Log : host.App.Log.FromHere();
        Jobs = new JobCaller(this);
    }

    public ISimulator Backend { get; }

    public WebhookReceiver Receiver { get; }

    public AppHost Host => host.App;

    public AzuriteServer Azurite => fixture.Azurite;

    public BlobContainerClient Container => host.Container;

    public string MasterKey => host.MasterKey;

    /// <summary>The bearer token of the test's caller; null where the caller is <c>default</c>.</summary>
    public string? Token { get; }

    /// <summary>What the host has written since the test began.</summary>
    public ProcessLog Log { get; }

    public JobCaller Jobs { get; }

    /// <summary>
    /// Takes a host with these settings and starts a backend for it. Without settings the host is a shared one, and the test is a caller
    /// of its own there. Settings are named as environment variables and override those of <see cref="RigSettings"/>.
    /// </summary>
    public static Task<Rig> StartAsync(AzuriteFixture fixture, params (string Name, string Value)[] settings) => StartAsync(fixture, ManyCredits, settings);

    /// <summary>The same, the backend with arguments of its own.</summary>
    public static async Task<Rig> StartAsync(AzuriteFixture fixture, string[] backendArguments, params (string Name, string Value)[] settings)
    {
        return settings.Length > 0
            ? await StartOwnAsync(fixture, await InProcessSimulator.StartAsync(backendArguments), settings)
            : await StartAsync(fixture, fixture.Hosts, backendArguments);
    }

    /// <summary>Takes a host of the pool and starts a backend for it.</summary>
    public static async Task<Rig> StartAsync(AzuriteFixture fixture, HostPool pool, string[] backendArguments)
    {
        var (host, token) = await pool.TakeAsync();
        var backend = await InProcessSimulator.StartAsync(host.BackendPort, backendArguments.Length > 0 ? backendArguments : ManyCredits);
        return new Rig(fixture, host, backend, await WebhookReceiver.StartAsync(), token, pool);
    }

    /// <summary>Starts a host of the test's own with the ordinary settings: for tests that need an account at the backend to themselves.</summary>
    public static async Task<Rig> StartOwnAsync(AzuriteFixture fixture) => await StartOwnAsync(fixture, await InProcessSimulator.StartAsync(ManyCredits));

    /// <summary>Starts a host of the test's own before this backend, which goes with the rig.</summary>
    public static async Task<Rig> StartOwnAsync(AzuriteFixture fixture, ISimulator backend, params (string Name, string Value)[] settings)
    {
        try
        {
            var host = await RigHost.StartAsync(fixture.Azurite, backend.Address.Port, settings);
            return new Rig(fixture, host, backend, await WebhookReceiver.StartAsync());
        }
        catch
        {
            await backend.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="RigHost.InstanceIdsAsync"/>
    public Task<IReadOnlyList<string>> InstanceIdsAsync() => host.InstanceIdsAsync();

    /// <summary>A client that carries the function key and the caller's token.</summary>
    public HttpClient CreateClient(HttpMessageHandler? handler = null)
    {
        var client = handler is null ? new HttpClient() : new HttpClient(handler);
        client.BaseAddress = Host.Address;
        client.DefaultRequestHeaders.Add("x-functions-key", Host.FunctionKey);
        client.DefaultRequestHeaders.Authorization = Token is null ? null : new("Bearer", Token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Jobs.Dispose();
        await (pool is null ? host.DisposeAsync().AsTask() : pool.ReturnAsync(host));
        await Backend.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
