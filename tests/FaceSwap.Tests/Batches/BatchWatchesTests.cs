using System.Text;
using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>Many watch a batch and one reads it; what they see is numbered by its changes, and by no clock.</summary>
public sealed class BatchWatchesTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeClock Clock => _product.Time;

    private BatchWatches Watches => _product.Get<BatchWatches>();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Watchers_OfOneBatch_CostOneReader_AndSeeItEnd()
    {
        var batch = await StartAsync();
        var reads = 0;
        _client.Reading = _ => Interlocked.Increment(ref reads);
        var watchers = Enumerable.Range(0, 50).Select(_ => WatchAsync(batch.Id)).ToList();
        await Clock.PassAsync(Second);
        Show(batch, BatchState.Running, 1, new BatchCounts(2, Running: 2));
        await Clock.PassAsync(Second);
        Show(batch, BatchState.Completed, 2, new BatchCounts(2, Completed: 2));
        await Clock.PassAsync(Second);

        var seen = await Task.WhenAll(watchers);

        Assert.All(seen, snapshots => Assert.Equal((BatchState.Completed, 100), (snapshots[^1].View.Status, snapshots[^1].View.Percent)));
        Assert.InRange(reads, 3, 5);
    }

    [Fact]
    public async Task Changes_OfOneMoment_AreToldInGrowingNumbers()
    {
        var batch = await StartAsync();
        var (running, text) = Stream(batch.Id, seen: -1);
        await Eventually.HoldsAsync(() => Told(text()).Count == 1, "the beginning is told");
        foreach (var (state, number) in new[] { (BatchState.Running, 1), (BatchState.Paused, 3), (BatchState.Cancelled, 4) })
        {
            Show(batch, state, number, new BatchCounts(2));
            await Clock.PassAsync(Second);
            await Eventually.HoldsAsync(() => Told(text())[^1].StartsWith($"{number} ", StringComparison.Ordinal), "the change is told");
        }

        await running;
        Assert.Equal(["0 queued", "1 running", "3 paused", "4 cancelled"], Told(text()));
    }

    [Fact]
    public async Task Events_AfterReconnecting_BeginWithTheNewest()
    {
        var batch = await StartAsync();
        Show(batch, BatchState.Running, 5, new BatchCounts(2, Running: 1));
        var (running, text) = Stream(batch.Id, seen: 5);
        await Clock.PassAsync(Second);
        Show(batch, BatchState.Completed, 9, new BatchCounts(2, Completed: 2));
        await Clock.PassAsync(Second);
        await running;

        Assert.Equal(["9 completed"], Told(text()));
    }

    [Fact]
    public async Task End_OfAnInstanceThatAnOperatorEnded_IsNewerThanAllBefore()
    {
        var batch = await StartAsync();
        var status = new BatchStatus(BatchState.Running, new BatchCounts(2, Running: 2), Clock.GetUtcNow(), Number: 7);
        _client.Set(batch.Id, OrchestrationRuntimeStatus.Terminated, null, status);

        var last = Assert.Single(await WatchAsync(batch.Id));

        Assert.Equal((8, true, BatchState.Cancelled), (last.Number, last.IsFinal, last.View.Status));
    }

    // The whole events of a stream, each by its number and the state that it tells.
    private static IReadOnlyList<string> Told(string stream) =>
        [.. stream[..(stream.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)].Split("\n\n").Where(item => item.StartsWith("id: ", StringComparison.Ordinal)).Select(NumberAndState)];

    private static string NumberAndState(string item)
    {
        var lines = item.Split('\n');
        Assert.Equal("event: batch", lines[1]);
        using var batch = JsonDocument.Parse(lines[2]["data: ".Length..]);
        return $"{lines[0]["id: ".Length..]} {batch.RootElement.GetProperty("status").GetString()}";
    }

    private Task<BatchInput> StartAsync() => new ScriptedBatches(_product, _client).StartAsync(2);

    private void Show(BatchInput batch, BatchState state, long number, BatchCounts counts)
    {
        var status = new BatchStatus(state, counts, batch.SubmittedAt, Number: number);
        _client.Set(batch.Id, status.IsFinal ? OrchestrationRuntimeStatus.Completed : OrchestrationRuntimeStatus.Running, status.IsFinal ? status : null, status);
    }

    private (Task Running, Func<string> Text) Stream(string id, long seen)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext();
        context.Response.Body = body;
        var running = new SnapshotEvents<BatchView>("batch", token => Watches.WatchAsync(id, _client, token), seen, Clock).ExecuteAsync(context);
        return (running, () => Encoding.UTF8.GetString(body.ToArray()));
    }

    private async Task<List<Snapshot<BatchView>>> WatchAsync(string id)
    {
        var seen = new List<Snapshot<BatchView>>();
        await foreach (var snapshot in Watches.WatchAsync(id, _client, Token))
        {
            seen.Add(snapshot);
        }

        return seen;
    }
}
