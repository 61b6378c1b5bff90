using System.Globalization;
using System.Text;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>Many watch a job and one reads it; every watcher sees it end, whenever they come and however slow they are.</summary>
public sealed class JobWatchesTests : IAsyncDisposable
{
    private const string Id = "job_00000000000000000000000000000001";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeClock Clock => _product.Time;

    private JobWatches Watches => _product.Get<JobWatches>();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Watchers_TwoHundredOfOneJob_CostOneReader()
    {
        await StartAsync();
        var reads = 0;
        _client.Reading = _ => Interlocked.Increment(ref reads);
        var watchers = Enumerable.Range(0, 200).Select(_ => WatchAsync()).ToList();
        await Clock.PassAsync(Second);
        Show(JobStage.Staging, 1);
        await Clock.PassAsync(Second);
        Show(JobStage.Completed, 2);
        await Clock.PassAsync(Second);

        var seen = await Task.WhenAll(watchers);

        Assert.All(seen, snapshots => Assert.Equal(JobStage.Completed, snapshots[^1].View.Status));
        Assert.InRange(reads, 3, 5);
    }

    [Fact]
    public async Task Watcher_SeesEveryChangeOnce_InGrowingNumbers()
    {
        await StartAsync();
        var seen = new List<Snapshot<JobView>>();
        var watcher = WatchAsync(seen: seen);
        await Clock.PassAsync(Second);
        Show(JobStage.Staging, 1);
        await Clock.PassAsync(Second);
        await Eventually.HoldsAsync(() => seen.Count == 2, "the change was seen");
        await Clock.PassAsync(Second);
        Show(JobStage.Failed, 2);
        await Clock.PassAsync(Second);
        await watcher;

        Assert.Equal([JobStage.Queued, JobStage.Staging, JobStage.Failed], seen.Select(snapshot => snapshot.View.Status));
        Assert.Equal([0, 1000, 2000], seen.Select(snapshot => snapshot.Number));
    }

    [Fact]
    public async Task Watcher_WhoLeaves_StopsTheReading()
    {
        await StartAsync();
        using var leave = new CancellationTokenSource();
        var watcher = WatchAsync(leave.Token);
        await Clock.PassAsync(Second);

        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watcher);
        await Eventually.HoldsAsync(() => Clock.WaitingTimers == 0, "nobody reads");
    }

    [Fact]
    public async Task Watch_WhileStorageIsAway_GoesOn()
    {
        await StartAsync();
        var watcher = WatchAsync();
        await Clock.PassAsync(Second);
        _client.Reading = _ => throw new IOException("away");
        await Clock.PassAsync(Second);
        await Clock.PassAsync(Second);
        _client.Reading = null;
        Show(JobStage.Completed, 1);
        await Clock.PassAsync(Second);

        Assert.Equal(2, (await watcher).Count);
    }

    [Fact]
    public async Task Watch_OfAJobThatIsDeleted_Ends()
    {
        await StartAsync();
        var watcher = WatchAsync();
        Show(JobStage.Completed, 1);
        await _client.PurgeInstanceAsync(Id, Token);
        await Eventually.HoldsAsync(() => watcher.IsCompleted || Clock.NextWait == Second, "it was read");
        Clock.Advance(Second);

        Assert.InRange((await watcher).Count, 0, 1);
    }

    [Fact]
    public async Task Wait_EndsWithTheJob_OrWithItsTime()
    {
        await StartAsync();
        var patient = Watches.WaitForEndAsync(Id, TimeSpan.FromSeconds(60), _client, Token);
        var hasty = Watches.WaitForEndAsync(Id, TimeSpan.FromSeconds(1.5), _client, Token);
        await Clock.PassAsync(Second);
        await Clock.PassAsync(TimeSpan.FromSeconds(0.5));
        Assert.Equal(JobStage.Queued, (await hasty)?.Status);
        Show(JobStage.Completed, 2);
        await Clock.PassAsync(TimeSpan.FromSeconds(0.5));

        Assert.Equal(JobStage.Completed, (await patient)?.Status);
    }

    [Fact]
    public async Task Events_BeatWhereNothingHappens_AndEndBeforeTheFrontEndDoes()
    {
        await StartAsync();
        var (running, text) = StreamAsync(seen: -1);

        for (var second = 0; second < 200; second++)
        {
            await Eventually.HoldsAsync(() => Clock.NextWait <= Second, "it is read");
            Clock.Advance(Second);
        }

        await running;
        var events = text().Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["retry: 1000", ":"], [events[0], .. events[2..].Distinct()]);
        Assert.StartsWith("id: 0\nevent: job\ndata: {\"id\":\"job_", events[1], StringComparison.Ordinal);
        Assert.Equal(13, events.Count(line => line == ":"));
    }

    [Fact]
    public async Task Events_AfterReconnecting_BeginWithWhatIsNew()
    {
        await StartAsync();
        Show(JobStage.Staging, 1);
        var (running, text) = StreamAsync(seen: 1000);
        await Clock.PassAsync(Second);
        Show(JobStage.Completed, 2);
        await Clock.PassAsync(Second);
        await running;

        var numbers = text().Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => long.Parse(line[4..], CultureInfo.InvariantCulture));
        Assert.Equal([2000], numbers);
    }

    private (Task Running, Func<string> Text) StreamAsync(long seen)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Response.Body = body;
        var running = new SnapshotEvents<JobView>("job", token => Watches.WatchAsync(Id, _client, token), seen, Clock).ExecuteAsync(context);
        return (running, () => Encoding.UTF8.GetString(body.ToArray()));
    }

    private async Task<List<Snapshot<JobView>>> WatchAsync(CancellationToken? leave = null, List<Snapshot<JobView>>? seen = null)
    {
        seen ??= [];
        await foreach (var snapshot in Watches.WatchAsync(Id, _client, leave ?? Token))
        {
            seen.Add(snapshot);
        }

        return seen;
    }

    private Task StartAsync()
    {
        var job = new JobInput(Id, "caller", Clock.GetUtcNow(), "https://app.test", null, null, null, "swap", "en", null, JobPolicy.From(new JobOptions()));
        return _client.StartOnceAsync(Orchestrators.FaceSwapJob, Id, new FaceSwapJobInput(job, []), Token);
    }

    private void Show(JobStage stage, int second)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var status = new JobStatus(stage, 10, [new(JobStage.Queued, start), new(stage, start.AddSeconds(second))]);
        var outcome = stage.IsFinal() ? new JobOutcome(stage, null, null) : null;
        _client.Set(Id, outcome is null ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Completed, outcome, status);
    }
}
