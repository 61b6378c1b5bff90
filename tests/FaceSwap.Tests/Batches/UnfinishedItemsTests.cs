using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>Which items of a batch have no result, and which of them would be paid for twice.</summary>
public sealed class UnfinishedItemsTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client;
    private readonly ScriptedBatches _batches;

    public UnfinishedItemsTests()
    {
        _client = new ScriptedClient(_product.Time);
        _batches = new ScriptedBatches(_product, _client);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Items_WithoutAResult_AreToldByWhatTheyMayHaveCost()
    {
        var batch = await MixedAsync();

        Assert.Equal(
            [
                new(2, UnfinishedKind.Failed),
                new(3, UnfinishedKind.Failed),
                new(4, UnfinishedKind.Ambiguous),
                new(5, UnfinishedKind.Ambiguous),
                new(6, UnfinishedKind.Paid),
                new(7, UnfinishedKind.Paid),
                new(8, UnfinishedKind.Cancelled),
                new(9, UnfinishedKind.NotStarted),
                new(10, UnfinishedKind.NotStarted),
            ],
            await FindAsync(batch));
    }

    [Fact]
    public async Task Items_WhoseJobsWereDeleted_AreNotTakenForAnyThatNeverStarted()
    {
        var batch = await MixedAsync();
        foreach (var number in new[] { 1, 2 })
        {
            var mark = await _product.Get<JobIndex>().MarksAsync(batch.Id, "caller", Token).FirstAsync(mark => mark.JobId == BatchIds.JobOf(batch.Id, number), Token);
            Assert.True(await _product.Get<JobRemoval>().TryRemoveAsync(mark, withKey: false, _client, Token));
        }

        var found = await FindAsync(batch);

        Assert.Equal([3, 4, 5, 6, 7, 8], found.Select(item => item.Number));
    }

    [Fact]
    public async Task Items_OfABatchThatCompleted_AreNoneThatNeverStarted()
    {
        var batch = await _batches.CompletedAsync(2);
        await _product.Get<JobRemoval>().TryRemoveAsync(await _product.Get<JobIndex>().MarksAsync(batch.Id, "caller", Token).FirstAsync(Token), withKey: false, _client, Token);

        Assert.Empty(await FindAsync(batch));
    }

    private async Task<IReadOnlyList<UnfinishedItem>> FindAsync(BatchInput batch) =>
        await _product.Get<UnfinishedItems>().FindAsync((await _product.Get<BatchReader>().FindAsync(batch.Id, _client, Token))!, _client, Token);

    private async Task<BatchInput> MixedAsync()
    {
        var batch = await _batches.StartAsync(10);
        await _batches.EndItemAsync(batch, 1, JobStage.Completed);
        await _batches.EndItemAsync(batch, 2, JobStage.Failed, ErrorCodes.MediaUnreachable);
        await _batches.EndItemAsync(batch, 3, JobStage.Expired, ErrorCodes.DeadlineExceeded);
        await _batches.EndItemAsync(batch, 4, JobStage.Failed, ErrorCodes.AmbiguousOutcome, JobStage.Verifying);
        await _batches.EndItemAsync(batch, 5, JobStage.Cancelled, ErrorCodes.AmbiguousOutcome, JobStage.Swapping);
        await _batches.EndItemAsync(batch, 6, JobStage.Failed, ErrorCodes.RenderFailed, JobStage.Rendering);
        await _batches.EndItemAsync(batch, 7, JobStage.Cancelled, ErrorCodes.Cancelled, JobStage.Storing);
        await _batches.EndItemAsync(batch, 8, JobStage.Cancelled, ErrorCodes.Cancelled, JobStage.Uploading);
        await _batches.EndAsync(batch, BatchState.Cancelled, new BatchCounts(10, Completed: 1, Failed: 3, Ambiguous: 1, Cancelled: 3));
        return batch;
    }
}
