using FaceSwap.Functions;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.NemoVideo.Transport;
using FaceSwap.Network;
using FaceSwap.Storage;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace FaceSwap.Tests.Product;

/// <summary>The app as its hosts compose it, on storage in memory, before a scripted backend, with a clock that a test moves.</summary>
internal sealed class TestProduct : IDisposable
{
    /// <summary>The setting of an app that takes an anonymous token by itself; by default it has a configured one.</summary>
    public static readonly (string Name, string Value) Anonymous = ("Nemo:Token", "");

    private const string Token = "a configured token";
    private readonly IHost _host;

    /// <summary>Composes it with these settings.</summary>
    /// <param name="beside">Another instance of the app: this one shares its storage, backend and clock.</param>
    /// <param name="settings">Settings by their names in the configuration.</param>
    public TestProduct(TestProduct? beside = null, params (string Name, string Value)[] settings)
    {
        (Blobs, Backend, Web, Time) = beside is null
            ? (new MemoryBlobs(), new ScriptedBackend(), new ScriptedBackend(), new FakeClock())
            : (beside.Blobs, beside.Backend, beside.Web, beside.Time);
        Blobs.Time = Time;
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["MasterKey"] = SampleKeys.Zeros;
        builder.Configuration["Storage:ConnectionString"] = "UseDevelopmentStorage=true";
        builder.Configuration["Storage:Container"] = MemoryBlobs.Container;
        builder.Configuration["Api:BaseUrl"] = "https://app.test/";
        builder.Configuration["Nemo:BaseUrl"] = "https://backend.test/";
        builder.Configuration["Nemo:Token"] = Token;
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddFaceSwapApp();
        builder.Services.AddSingleton(Blobs.NewClient());
        foreach (var client in (string[])[nameof(NemoTransport), nameof(NemoMessages), nameof(AnonymousTokenClient)])
        {
            builder.Services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => Backend);
        }

        if (!settings.Any(setting => setting.Name.StartsWith(NetworkOptions.Section, StringComparison.Ordinal)))
        {
            builder.Services.AddHttpClient(GuardedHttp.ClientName).ConfigurePrimaryHttpMessageHandler(() => Web);
        }

        _host = builder.Build();
    }

    /// <summary>Names the credits of the configured token.</summary>
    public static string Account { get; } = NemoToken.FingerprintOf("user", Token);

    public FakeClock Time { get; }

    public ScriptedBackend Backend { get; }

    /// <summary>What answers at the addresses of callers and of finished videos; with settings of the network, real connections are made instead.</summary>
    public ScriptedBackend Web { get; }

    public MemoryBlobs Blobs { get; }

    public BlobStore Store => Get<BlobStore>();

    /// <summary>Makes a class of functions, as the worker does for each call.</summary>
    public T New<T>() => ActivatorUtilities.CreateInstance<T>(_host.Services);

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Claims the intent of a message, as a run of the app that ended then leaves it.</summary>
    /// <param name="change">What is other than now: with nothing it is the first of <c>job_1</c>, in <c>session-1</c>.</param>
    public async Task IntendAsync(Func<SwapIntent, SwapIntent>? change = null)
    {
        var token = await Get<NemoTokens>().GetAsync(CancellationToken.None);
        var state = await Get<NemoSessions>().ReadStateAsync("session-1", CancellationToken.None);
        var now = Time.GetUtcNow();
        var intent = new SwapIntent(
            "job_1", 1, "session-1", token.Account, state.Hash, Backend.Available, Backend.Frozen, now, now, Token: token.Fingerprint, Nonce: "n");
        Assert.True(await Get<SwapLedger>().TryClaimAsync(change?.Invoke(intent) ?? intent, CancellationToken.None));
    }

    public void Dispose()
    {
        _host.Dispose();
        Backend.Dispose();
        Web.Dispose();
        Blobs.Dispose();
    }
}
