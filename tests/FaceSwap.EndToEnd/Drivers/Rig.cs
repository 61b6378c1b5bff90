using System.Security.Cryptography;
using Azure.Storage.Blobs;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Webhooks;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>The whole product over real processes: backend, storage, host, and a receiver of webhooks.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private Rig(SimulatorProcess backend, WebhookReceiver receiver, AppHost host, AzuriteServer azurite, BlobContainerClient container, string masterKey)
    {
        Azurite = azurite;
        Backend = backend;
        Receiver = receiver;
        Host = host;
        Container = container;
        MasterKey = masterKey;
        Jobs = new JobCaller(host, receiver.Address);
    }

    public SimulatorProcess Backend { get; }

    public WebhookReceiver Receiver { get; }

    public AppHost Host { get; }

    public AzuriteServer Azurite { get; }

    public BlobContainerClient Container { get; }

    public string MasterKey { get; }

    public JobCaller Jobs { get; }

    /// <summary>Starts everything. Settings are named as environment variables and go over those of <see cref="RigSettings"/>.</summary>
    public static Task<Rig> StartAsync(AzuriteFixture fixture, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, HostKinds.Chosen, settings);

    /// <summary>Starts everything, on a host of this kind.</summary>
    public static Task<Rig> StartAsync(AzuriteFixture fixture, HostKind kind, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, kind, ["--anonymouscredits=100000"], settings);

    /// <summary>Starts everything, the backend with arguments of its own.</summary>
    public static Task<Rig> StartAsync(AzuriteFixture fixture, string[] backendArguments, params (string Name, string Value)[] settings) =>
        StartAsync(fixture, HostKinds.Chosen, backendArguments, settings);

    private static async Task<Rig> StartAsync(
        AzuriteFixture fixture, HostKind kind, string[] backendArguments, (string Name, string Value)[] settings)
    {
        var backend = await SimulatorProcess.StartAsync(backendArguments);
        var receiver = await WebhookReceiver.StartAsync();
        var container = fixture.Azurite.NewContainerName();
        var masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var all = RigSettings.For(fixture.Azurite, container, backend.Address, masterKey, kind);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        try
        {
            var host = await AppHost.StartAsync(kind, all);
            return new Rig(backend, receiver, host, fixture.Azurite, fixture.Azurite.Container(container), masterKey);
        }
        catch
        {
            await backend.DisposeAsync();
            await receiver.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Jobs.Dispose();
        await Host.DisposeAsync();
        await Backend.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
