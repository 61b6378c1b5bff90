using System.Text;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace FaceSwap.Tests.Batches;

/// <summary>What is tried again of a batch, when, and how often.</summary>
public sealed class BatchRetriesTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client;
    private readonly ScriptedBatches _batches;

    public BatchRetriesTests()
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
    public async Task Retry_IsABatchOfWhatFailed_AsItWasAccepted()
    {
        var batch = await StoppedAsync();
        _product.Time.Advance(TimeSpan.FromHours(1));

        var retry = await RetryAsync(batch.Id);

        Assert.Equal((BatchState.Queued, false, batch.Id), (retry.View.Status, retry.IsReplay, retry.View.RetryOf));
        var input = InputOf(retry);
        Assert.Equal(
            batch with { Id = input.Batch.Id, SubmittedAt = _product.Time.GetUtcNow(), ApiBase = input.Batch.ApiBase, Items = 1, RetryOf = batch.Id, Kept = input.Batch.Kept },
            input.Batch with { Metadata = batch.Metadata });
        Assert.Equal(batch.Metadata, input.Batch.Metadata);
        Assert.Equal([ScriptedBatches.Target.Url], input.Webhooks.Select(target => target.Url));
        Assert.Null(input.Progress);
        var item = Assert.Single(await _product.Get<BatchItems>().ReadAsync(input.Batch.ItemsAt, 1, 1, Token)).Item;
        Assert.Equal((input.Batch.Id, "https://media.test/2.mp4", "2"), (item.Job.Id, item.Job.Video!.Address, item.Job.Metadata!["row"]));
        Assert.NotEqual(BatchIds.JobOf(batch.Id, 2), BatchIds.JobOf(input.Batch.Id, 1));
    }

    [Theory]
    [InlineData("ambiguous", "2,3")]
    [InlineData("not_started", "2,4")]
    [InlineData("not_started,ambiguous,ambiguous", "2,3,4")]
    public async Task Retry_OnDemand_TakesMore(string include, string rows)
    {
        var batch = await StoppedAsync();

        var retry = await RetryAsync(batch.Id, Include(include));

        var items = await _product.Get<BatchItems>().ReadAsync(InputOf(retry).Batch.ItemsAt, 1, retry.View.Counts.Items, Token);
        Assert.Equal(rows, string.Join(',', items.Select(item => item.Item.Job.Metadata!["row"])));
    }

    [Fact]
    public async Task Retry_UnderAKey_IsOneBatch_AndOfOtherKindsAnotherRequest()
    {
        var batch = await StoppedAsync();

        var first = await RetryAsync(batch.Id, Include("ambiguous,not_started"), "a key");
        var again = await RetryAsync(batch.Id, Include("not_started,ambiguous"), "a key");
        var other = await Assert.ThrowsAsync<FaceSwapException>(() => RetryAsync(batch.Id, null, "a key"));

        Assert.Equal((first.View.Id, true), (again.View.Id, again.IsReplay));
        Assert.Equal(ErrorCodes.IdempotencyKeyReused, other.Code);
        Assert.NotNull(InputOf(first).Batch.Key);
        Assert.Single(_client.Started, started => started.Input is FaceSwapBatchInput { Batch.RetryOf: not null });
    }

    [Fact]
    public async Task Retry_OfABatchThatRuns_OrOfWhichNothingFailed_StartsNothing()
    {
        var running = await _batches.StartAsync(1);
        var completed = await _batches.CompletedAsync(1);
        var ambiguous = await _batches.StartAsync(1);
        await _batches.EndItemAsync(ambiguous, 1, JobStage.Failed, ErrorCodes.AmbiguousOutcome);
        await _batches.EndAsync(ambiguous, BatchState.Completed, new BatchCounts(1, Ambiguous: 1));
        var (kept, started) = (_product.Blobs.NamesUnder(""), _client.Started.Count);

        Assert.Equal(ErrorCodes.BatchRunning, (await Assert.ThrowsAsync<FaceSwapException>(() => RetryAsync(running.Id))).Code);
        Assert.Equal(ErrorCodes.NothingToRetry, (await Assert.ThrowsAsync<FaceSwapException>(() => RetryAsync(completed.Id))).Code);
        var refusal = await Assert.ThrowsAsync<FaceSwapException>(() => RetryAsync(ambiguous.Id, Include("paid"), "a key"));
        Assert.Equal(ErrorCodes.NothingToRetry, refusal.Code);
        Assert.Contains("1 ambiguous", refusal.Message, StringComparison.Ordinal);

        Assert.Equal(kept, _product.Blobs.NamesUnder(""));
        Assert.Equal(started, _client.Started.Count);
    }

    private static string Include(string kinds) => $$"""{"include":[{{string.Join(',', kinds.Split(',').Select(kind => $"\"{kind}\""))}}]}""";

    private FaceSwapBatchInput InputOf(StartedBatch started) => Assert.IsType<FaceSwapBatchInput>(_client.Started.Single(one => one.Id == started.View.Id).Input);

    // One completed, one failed, one ambiguous, one never started.
    private async Task<BatchInput> StoppedAsync()
    {
        var batch = await _batches.StartAsync(4);
        await _batches.EndItemAsync(batch, 1, JobStage.Completed);
        await _batches.EndItemAsync(batch, 2, JobStage.Failed, ErrorCodes.MediaUnreachable);
        await _batches.EndItemAsync(batch, 3, JobStage.Failed, ErrorCodes.AmbiguousOutcome);
        await _batches.EndAsync(batch, BatchState.Stopped, new BatchCounts(4, Completed: 1, Failed: 1, Ambiguous: 1));
        return batch;
    }

    private Task<StartedBatch> RetryAsync(string id, string? body = null, string? key = null)
    {
        var request = new DefaultHttpContext().Request;
        if (body is not null)
        {
            request.ContentType = "application/json";
            request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        if (key is not null)
        {
            request.Headers["Idempotency-Key"] = key;
        }

        return _product.Get<BatchRetries>().AcceptAsync(request, id, new Caller("caller", IsOperator: false), _client, Token);
    }
}
