using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Retention;
using FaceSwap.Jobs;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Batches;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Retention;

/// <summary>Batches whose time has come are removed; what a batch that runs needs, is not.</summary>
public sealed class BatchRetentionTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client;
    private readonly ScriptedBatches _batches;

    public BatchRetentionTests()
    {
        _client = new ScriptedClient(_product.Time);
        _batches = new ScriptedBatches(_product, _client);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeClock Clock => _product.Time;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Batches_AreKeptForTheirDays_AndThenGoneWithAllThatBelongsToThem()
    {
        await _batches.CompletedAsync(3, "a key");
        Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        var (kept, instances) = (_product.Blobs.NamesUnder(""), _client.Ids);
        await RunAsync();
        Assert.Equal(kept, _product.Blobs.NamesUnder(""));
        Assert.Equal(instances, _client.Ids);

        Clock.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
        Assert.Empty(_client.Ids);
    }

    [Fact]
    public async Task Batch_ThatRunsForWeeks_LosesNothing_AndItsKeyStartsNoOther()
    {
        var batch = await _batches.StartAsync(2, "a key");
        Clock.Advance(TimeSpan.FromDays(30));
        await _batches.StartItemAsync(batch, 1);
        var kept = _product.Blobs.NamesUnder("");

        await RunAsync();

        Assert.Equal(kept, _product.Blobs.NamesUnder(""));
        var replay = await _product.Get<BatchStart>().ReplayAsync(ScriptedBatches.Request("a key"), _client, Token);
        Assert.Equal(batch.Id, replay!.View.Id);
        Assert.Single(_client.Started, started => started.Orchestrator == Orchestrators.FaceSwapBatch);
    }

    [Fact]
    public async Task Batch_ThatRanForWeeks_IsKeptForItsDaysAfterItsEnd()
    {
        var batch = await _batches.StartAsync(1, "a key");
        Clock.Advance(TimeSpan.FromDays(30));
        await _batches.EndItemAsync(batch, 1, JobStage.Completed);
        await _batches.EndAsync(batch, BatchState.Completed, new BatchCounts(1, Completed: 1));
        Clock.Advance(TimeSpan.FromDays(6));
        await RunAsync();
        Assert.NotNull(await _product.Get<BatchReader>().FindAsync(batch.Id, _client, Token));
        Assert.Single(_product.Blobs.NamesUnder("keys/"));

        Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
        Assert.Empty(_client.Ids);
    }

    [Fact]
    public async Task Batch_WhoseHistoryWasPurged_GoesByItsRecord()
    {
        var batch = await _batches.CompletedAsync(1, "a key");
        await _client.PurgeInstanceAsync(batch.Id, Token);
        Clock.Advance(TimeSpan.FromDays(8));

        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
    }

    [Fact]
    public async Task Batch_ThatNeverBegan_Goes_AndItsKeyStartsItNoMore()
    {
        _client.Before = _ => throw new IOException("It died.");
        await Assert.ThrowsAsync<FaceSwapException>(() => _batches.StartAsync(2, "a key"));
        _client.Before = null;
        Clock.Advance(TimeSpan.FromDays(6));
        await RunAsync();
        Assert.NotEmpty(_product.Blobs.NamesUnder("batches/"));

        Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder("batches/"));
        Assert.Empty(_product.Blobs.NamesUnder("batch-index/"));
        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => _product.Get<BatchStart>().ReplayAsync(ScriptedBatches.Request("a key"), _client, Token));
        Assert.Equal(ErrorCodes.BatchDeleted, refusal.Code);
        Assert.Empty(_client.Started);
        Clock.Advance(TimeSpan.FromDays(2));
        await RunAsync();
        Assert.Empty(_product.Blobs.NamesUnder(""));
    }

    [Fact]
    public async Task Mark_OfABatchOfWhichNothingElseIsLeft_Goes()
    {
        await _product.Get<BatchIndex>().AddAsync(_batches.Of(1).Input.Batch, Token);
        Clock.Advance(TimeSpan.FromDays(8));

        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
    }

    private Task RunAsync() => _product.Get<JobRetention>().RunAsync(_client, Token);
}
