using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>What is removed with a batch, in which steps, and that a removal which died goes on.</summary>
public sealed class BatchRemovalTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client;
    private readonly ScriptedBatches _batches;

    public BatchRemovalTests()
    {
        _client = new ScriptedClient(_product.Time);
        _batches = new ScriptedBatches(_product, _client);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private BatchRemoval Removal => _product.Get<BatchRemoval>();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Removal_LeavesOfABatchNothingButThatItsKeyWasUsed()
    {
        await _batches.CompletedAsync(2, "another key");
        var (others, instances) = (_product.Blobs.NamesUnder(""), _client.Ids);
        var batch = await _batches.CompletedAsync(3, "a key");

        Assert.Equal([BatchRemovalState.Removing, BatchRemovalState.Removing, BatchRemovalState.Removed], await RemoveAsync(batch));

        Assert.Equal(instances, _client.Ids);
        var tombstone = Assert.Single(_product.Blobs.NamesUnder("").Except(others));
        Assert.Equal(batch.Key, tombstone);
        Assert.DoesNotContain("spring", System.Text.Encoding.UTF8.GetString(_product.Blobs[tombstone]!), StringComparison.Ordinal);
        Assert.Null(await _product.Get<BatchReader>().FindAsync(batch.Id, _client, Token));
    }

    [Fact]
    public async Task Start_UnderTheKeyOfARemovedBatch_StartsNothing()
    {
        await RemoveAsync(await _batches.CompletedAsync(1, "a key"));
        _client.Started.Clear();
        var (input, jobs) = _batches.Of(1);

        var same = await Assert.ThrowsAsync<FaceSwapException>(() => _product.Get<BatchStart>().StartAsync(ScriptedBatches.Request("a key"), input, jobs, _client, Token));
        var other = await Assert.ThrowsAsync<FaceSwapException>(
            () => _product.Get<BatchStart>().ReplayAsync(ScriptedBatches.Request("a key") with { Hash = "another" }, _client, Token));

        Assert.Equal((ErrorCodes.BatchDeleted, ErrorCodes.IdempotencyKeyReused), (same.Code, other.Code));
        Assert.Empty(_client.Started);
        Assert.Empty(_product.Blobs.NamesUnder("batches/"));
    }

    [Fact]
    public async Task Removal_OfARunningBatch_HasItEnd_AndRemovesNothing()
    {
        var batch = await _batches.StartAsync(2, "a key");
        await _batches.StartItemAsync(batch, 1);
        var before = _product.Blobs.NamesUnder("");

        Assert.Equal(BatchRemovalState.Waiting, await StepAsync(batch));
        _client.Raising = _ => throw new InvalidOperationException("It has just ended.");
        Assert.Equal(BatchRemovalState.Waiting, await StepAsync(batch));

        Assert.Equal([(batch.Id, FaceSwapBatchInput.Cancel)], _client.Raised);
        Assert.Equal(before, _product.Blobs.NamesUnder(""));
        Assert.Equal([batch.Id, _batches.InstanceOf(batch, 1), BatchIds.JobOf(batch.Id, 1)], _client.Ids);
        Assert.Contains("spring", System.Text.Encoding.UTF8.GetString(_product.Blobs[batch.Key!]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removal_WhoseLastJobHasYetToEnd_WaitsForIt()
    {
        var batch = await _batches.StartAsync(2);
        await _batches.EndItemAsync(batch, 1, JobStage.Completed);
        await _batches.StartItemAsync(batch, 2);
        await _batches.EndAsync(batch, BatchState.Cancelled, new BatchCounts(2, Completed: 1));

        Assert.Equal((BatchRemovalState.Removing, BatchRemovalState.Waiting), (await StepAsync(batch), await StepAsync(batch)));

        Assert.NotNull(await _product.Get<BatchReader>().FindAsync(batch.Id, _client, Token));
        Assert.NotEmpty(_product.Blobs.NamesUnder($"jobs/{BatchIds.JobOf(batch.Id, 2)}/"));
        _client.Set(BatchIds.JobOf(batch.Id, 2), OrchestrationRuntimeStatus.Completed);
        _client.Set(_batches.InstanceOf(batch, 2), OrchestrationRuntimeStatus.Completed);
        Assert.Equal([BatchRemovalState.Removing, BatchRemovalState.Removing, BatchRemovalState.Removed], await RemoveAsync(batch));
        Assert.Empty(_product.Blobs.NamesUnder(""));
    }

    [Fact]
    public async Task Removal_WhoseLastItemStillRuns_EndsIt_AndLooksAgain()
    {
        var batch = await _batches.StartAsync(1);
        await _batches.StartItemAsync(batch, 1);
        await _batches.EndAsync(batch, BatchState.Cancelled, new BatchCounts(1, Cancelled: 1));
        _client.Set(BatchIds.JobOf(batch.Id, 1), OrchestrationRuntimeStatus.Completed);

        Assert.Equal((BatchRemovalState.Removing, BatchRemovalState.Waiting), (await StepAsync(batch), await StepAsync(batch)));

        Assert.Equal([_batches.InstanceOf(batch, 1)], _client.Terminated);
        _client.Set(_batches.InstanceOf(batch, 1), OrchestrationRuntimeStatus.Terminated);
        Assert.Equal([BatchRemovalState.Removing, BatchRemovalState.Removed], await RemoveAsync(batch));
        Assert.Empty(_client.Ids);
    }

    [Fact]
    public async Task Removal_OfManyJobs_TakesThemAWindowAtATime()
    {
        var batch = await _batches.CompletedAsync(BatchRemoval.Window + 1);

        Assert.Equal(BatchRemovalState.Removing, await StepAsync(batch));

        Assert.Single(await _product.Get<JobIndex>().ItemsAsync(batch.Id, Token));
        Assert.Equal([.. Enumerable.Repeat(BatchRemovalState.Removing, 3), BatchRemovalState.Removed], await RemoveAsync(batch));
        Assert.Empty(_product.Blobs.NamesUnder(""));
        Assert.Empty(_client.Ids);
    }

    [Fact]
    public async Task Removal_ThatDiesAtAnyPoint_IsCompletedByTheNext()
    {
        for (var survived = 0; ; survived++)
        {
            var batch = await _batches.CompletedAsync(2, $"key {survived}");
            var left = survived;
            _product.Blobs.Before = (method, _) => method is "DELETE" or "PUT" && Interlocked.Decrement(ref left) == -1 ? throw new InvalidOperationException("It died.") : Task.CompletedTask;
            _client.Purging = _ => Assert.NotEqual(-1, Interlocked.Decrement(ref left));
            var died = await Record.ExceptionAsync(() => RemoveAsync(batch));
            _product.Blobs.Before = null;
            _client.Purging = null;

            await RemoveAsync(batch);

            Assert.Equal([batch.Key!], _product.Blobs.NamesUnder(""));
            Assert.Empty(_client.Ids);
            _product.Blobs.Clear();
            if (died is null)
            {
                Assert.InRange(survived, 15, 40);
                return;
            }
        }
    }

    [Fact]
    public async Task Start_OfARemoval_IsOneInstance()
    {
        var batch = await _batches.CompletedAsync(1, "a key");

        await BatchRemoval.StartAsync(batch, _client, Token);
        await BatchRemoval.StartAsync(batch, _client, Token);

        var (orchestrator, id, input) = Assert.Single(_client.Started, started => started.Orchestrator == "BatchDeletion");
        Assert.Equal(("BatchDeletion", $"delete-{batch.Id}"), (orchestrator, id));
        Assert.Equal(BatchIndex.MarkOf(batch), input);
    }

    private Task<BatchRemovalState> StepAsync(BatchInput batch) => Removal.GoOnAsync(BatchIndex.MarkOf(batch), _client, Token);

    private async Task<List<BatchRemovalState>> RemoveAsync(BatchInput batch)
    {
        var states = new List<BatchRemovalState>();
        while (states.LastOrDefault() != BatchRemovalState.Removed)
        {
            Assert.True(states.Count < 10);
            states.Add(await StepAsync(batch));
        }

        return states;
    }
}
