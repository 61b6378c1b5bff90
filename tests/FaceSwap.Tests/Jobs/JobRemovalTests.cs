using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>What is removed with a job, what is not, and that a removal which died goes on.</summary>
public sealed class JobRemovalTests : IAsyncDisposable
{
    private static readonly WebhookTarget Target = new("caller", "whe_1", "https://hook.test/", null);
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JobMark Mark => JobIndex.MarkOf(Input("job_1").Job with { Key = Request("job_1").Key });

    private JobRemoval Removal => _product.Get<JobRemoval>();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Remove_LeavesOfAJobNothingButThatItsKeyWasUsed()
    {
        await EndedAsync("job_2");
        var others = _product.Blobs.NamesUnder("");
        var instances = _client.Ids;
        await EndedAsync("job_1");

        Assert.True(await Removal.TryRemoveAsync(Mark, withKey: false, _client, Token));

        Assert.Equal(instances, _client.Ids.Except(_client.Terminated));
        var tombstone = Assert.Single(_product.Blobs.NamesUnder("").Except(others));
        Assert.StartsWith("keys/", tombstone, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", System.Text.Encoding.UTF8.GetString(_product.Blobs[tombstone]!), StringComparison.Ordinal);
        Assert.Contains("secret words", System.Text.Encoding.UTF8.GetString(_product.Blobs[others.Single(name => name.StartsWith("keys/", StringComparison.Ordinal))]!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnderTheKeyOfARemovedJob_StartsNothing()
    {
        await EndedAsync("job_1");
        await Removal.TryRemoveAsync(Mark, withKey: false, _client, Token);
        _client.Started.Clear();

        var same = await Assert.ThrowsAsync<FaceSwapException>(() => _product.Get<JobStart>().StartAsync(Request("job_1"), Input("job_3"), _client, Token));
        var other = await Assert.ThrowsAsync<FaceSwapException>(
            () => _product.Get<JobStart>().ReplayAsync(Request("job_1") with { Hash = "another" }, _client, Token));

        Assert.Equal((ErrorCodes.JobDeleted, ErrorCodes.IdempotencyKeyReused), (same.Code, other.Code));
        Assert.Empty(_client.Started);
    }

    [Fact]
    public async Task Remove_OfARunningJob_RemovesNothing()
    {
        await StartAsync("job_1");
        var before = _product.Blobs.NamesUnder("");

        Assert.False(await Removal.TryRemoveAsync(Mark, withKey: false, _client, Token));

        Assert.Equal(before, _product.Blobs.NamesUnder(""));
        Assert.NotEmpty(_client.Ids);
    }

    [Fact]
    public async Task Remove_OfAnItemOfABatch_WaitsForItsTurnsToEnd_AndTakesTheirHistories()
    {
        await EndedAsync("job_1");
        var mark = Mark with { Batch = new JobBatch("batch_1", 1) };
        foreach (var turn in new[] { "item-batch_1-1-3", "item-batch_1-1-7", "item-batch_1-12-3", "item-batch_2-1-3" })
        {
            await _client.StartOnceAsync(Orchestrators.BatchItem, turn, new object(), Token);
        }

        _client.Set("item-batch_1-1-3", OrchestrationRuntimeStatus.Completed);
        var before = _product.Blobs.NamesUnder("");
        Assert.False(await Removal.TryRemoveAsync(mark, withKey: false, _client, Token));
        Assert.Equal(before, _product.Blobs.NamesUnder(""));
        _client.Set("item-batch_1-1-7", OrchestrationRuntimeStatus.Completed);

        Assert.True(await Removal.TryRemoveAsync(mark, withKey: false, _client, Token));

        Assert.Equal(["item-batch_1-12-3", "item-batch_2-1-3"], _client.Ids.Where(id => id.StartsWith("item-", StringComparison.Ordinal)));
        Assert.DoesNotContain("job_1", _client.Ids);
    }

    [Fact]
    public async Task Remove_EndsDeliveriesThatAreUnderWay_AndPurgesThoseThatHaveEnded()
    {
        await EndedAsync("job_1");
        var deliveries = _client.Ids.Where(id => id.StartsWith("webhook-", StringComparison.Ordinal)).ToList();
        _client.Set(deliveries[0], OrchestrationRuntimeStatus.Completed);

        await Removal.TryRemoveAsync(Mark, withKey: false, _client, Token);

        Assert.Equal(2, deliveries.Count);
        Assert.Equal([deliveries[1]], _client.Terminated);
        Assert.DoesNotContain(deliveries[0], _client.Ids);
    }

    [Fact]
    public async Task Remove_ThatDiesAtAnyPoint_IsCompletedByTheNext()
    {
        for (var survived = 0; ; survived++)
        {
            await EndedAsync("job_1");
            var left = survived;
            _product.Blobs.Before = (method, _) => method is "DELETE" or "PUT" && left-- == 0 ? throw new InvalidOperationException("It died.") : Task.CompletedTask;
            _client.Purging = _ => Assert.NotEqual(0, left--);
            var died = await Record.ExceptionAsync(() => Removal.TryRemoveAsync(Mark, withKey: false, _client, Token));
            _product.Blobs.Before = null;
            _client.Purging = null;

            Assert.True(await Removal.TryRemoveAsync(Mark, withKey: false, _client, Token));

            Assert.Empty(_product.Blobs.NamesUnder("jobs/"));
            Assert.Empty(_product.Blobs.NamesUnder("index/"));
            Assert.Empty(_product.Blobs.NamesUnder("webhooks/"));
            Assert.DoesNotContain("job_1", _client.Ids);
            _product.Blobs.Clear();
            if (died is null)
            {
                Assert.InRange(survived, 10, 30);
                return;
            }
        }
    }

    private static KeyedRequest Request(string job) => KeyedRequest.Of("caller", $"key of {job}", [1])!;

    private static FaceSwapJobInput Input(string id)
    {
        var job = new JobInput(
            id, "caller", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), "https://app.test", null, null, null, "secret words", "en", null,
            JobPolicy.From(new JobOptions()));
        return new FaceSwapJobInput(job, [Target]);
    }

    private Task<StartedJob> StartAsync(string id) => _product.Get<JobStart>().StartAsync(Request(id), Input(id), _client, Token);

    // A job that was started under a key, told of its beginning and its end, and left media, documents and a history.
    private async Task EndedAsync(string id)
    {
        await StartAsync(id);
        var job = Input(id).Job;
        await _product.Store.WriteAsync($"jobs/{id}/input/video.mp4", [1], Token);
        await _product.Store.WriteAsync($"jobs/{id}/result/video.mp4", [1], Token);
        await _product.Get<JobDocuments>().WriteProgressAsync(id, new JobProgress(JobStage.Swapping, 1, "note", default), Token);
        foreach (var type in new[] { WebhookEventTypes.JobStarted, WebhookEventTypes.JobCompleted })
        {
            var message = WebhookMessage.Of(type, job.SubmittedAt, JobViews.Of(job, null, null, null));
            await _product.Get<DeliveryStart>().StartAsync(_client, [Target], message, Token);
        }

        await _client.StartOnceAsync(Orchestrators.JobProgressReports, $"progress-{id}", new object(), Token);
        foreach (var instance in _client.Ids.Where(one => !one.StartsWith("webhook-", StringComparison.Ordinal)))
        {
            _client.Set(instance, OrchestrationRuntimeStatus.Completed);
        }
    }
}
