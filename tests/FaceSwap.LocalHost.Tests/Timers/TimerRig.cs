using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;
using FaceSwap.LocalHost.Timers;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.LocalHost.Tests.Timers;

/// <summary>A host's timers over storage in memory and a clock that the test moves. Several rigs may share both.</summary>
internal sealed class TimerRig : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TimerFunction function;
    private readonly MemoryBlobs blobs;
    private Task running = Task.CompletedTask;

    public TimerRig(string schedule, string properties = "", MemoryBlobs? blobs = null, FakeClock? clock = null)
    {
        Clock = clock ?? new FakeClock();
        this.blobs = blobs ?? new MemoryBlobs { Time = Clock };
        var timer = NewFunction(schedule, properties);
        function = new TimerFunction(timer, TimerSchedule.Of(timer, Settings()), Task.FromResult("{}"), InvokeAsync, Clock, NullLogger.Instance);
    }

    public const string StatusPath = "azure-webjobs-hosts/timers/hub/Tick/status";

    public FakeClock Clock { get; }

    public MemoryBlobs Blobs => blobs;

    /// <summary>What each run was given.</summary>
    public ConcurrentQueue<JsonNode> Runs { get; } = new();

    /// <summary>What a run does; by default nothing.</summary>
    public Func<CancellationToken, Task> Run { get; set; } = _ => Task.CompletedTask;

    public JsonNode? Status => blobs[StatusPath] is { } content ? JsonNode.Parse(content) : null;

    public static AppFunction NewFunction(string schedule, string properties = "") => new(new RpcFunctionMetadata
    {
        Name = "Tick",
        RawBindings = { $$"""{"name":"timer","type":"timerTrigger","direction":"In","schedule":"{{schedule}}"{{properties}}}""" },
    });

    public static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();

    public TimerRig Start()
    {
        running = new TimerLease(blobs.NewClient(), "hub", Clock, NullLogger.Instance).RunAsync([function], stop.Token);
        return this;
    }

    /// <summary>Moves time by seconds, and waits after each one until the timers wait again.</summary>
    public async Task PassAsync(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await SettledAsync();
        }
    }

    /// <summary>Waits until lease and timer both wait for a time to come.</summary>
    public Task SettledAsync(int timers = 2) => Eventually.HoldsAsync(() => Clock.WaitingTimers >= timers, "the timers wait");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task InvokeAsync(InvocationRequest request, CancellationToken cancellation)
    {
        Runs.Enqueue(JsonNode.Parse(request.InputData[0].Data.Json)!);
        await Run(cancellation);
    }
}
