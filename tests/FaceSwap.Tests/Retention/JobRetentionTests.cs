using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Retention;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Retention;

/// <summary>What is removed when its time has come, what is not, and how much in one run.</summary>
public sealed class JobRetentionTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client;

    public JobRetentionTests() => _client = new ScriptedClient(_product.Time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeClock Clock => _product.Time;

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Jobs_AreKeptForTheirDays_AndThenGoneWithAllThatBelongsToThem()
    {
        await EndedAsync(key: "a key");
        Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        var kept = _product.Blobs.NamesUnder("");
        await RunAsync();
        Assert.Equal(kept, _product.Blobs.NamesUnder(""));

        Clock.Advance(TimeSpan.FromSeconds(2));
        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
        Assert.Empty(_client.Ids);
    }

    [Fact]
    public async Task Jobs_ThatRun_AreLeftAlone_HoweverOld()
    {
        var id = await StartAsync();
        await _product.Store.WriteAsync($"jobs/{id}/input/video.mp4", [1], Token);
        Clock.Advance(TimeSpan.FromDays(30));

        await RunAsync();

        Assert.Equal(2, _product.Blobs.NamesUnder("").Count);
        Assert.Equal([id], _client.Ids);
    }

    [Fact]
    public async Task Job_WhoseHistoryWasPurged_GoesByItsRecord()
    {
        var id = await EndedAsync();
        await _client.PurgeInstanceAsync(id, Token);
        Clock.Advance(TimeSpan.FromDays(8));

        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder("jobs/"));
        Assert.Empty(_product.Blobs.NamesUnder("index/"));
        Assert.Empty(_product.Blobs.NamesUnder("webhooks/"));
    }

    [Fact]
    public async Task Leftovers_OfWhatNeverBecameAJob_Go()
    {
        var id = JobIds.New(Clock);
        await _product.Store.WriteAsync($"jobs/{id}/input/video.mp4", [1], Token);
        await _product.Get<JobIndex>().AddAsync(Job(JobIds.New(Clock)), Token);
        Clock.Advance(TimeSpan.FromDays(10));

        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
    }

    [Fact]
    public async Task Tombstones_OfDeletedJobs_GoAtLast()
    {
        var id = await EndedAsync(key: "a key");
        await _product.Get<JobRemoval>().TryRemoveAsync(JobIndex.MarkOf(Job(id)), withKey: false, _client, Token);
        Clock.Advance(TimeSpan.FromDays(9));
        await RunAsync();
        Assert.Single(_product.Blobs.NamesUnder("keys/"));

        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder(""));
    }

    [Fact]
    public async Task Uploads_GoAfterADay()
    {
        var upload = await _product.Get<MediaUploads>().OpenAsync("ada", null, Token);
        var path = upload.Link.Address.AbsolutePath;
        await _product.Store.WriteAsync(path[path.IndexOf("uploads/", StringComparison.Ordinal)..], [1], Token);
        Clock.Advance(TimeSpan.FromHours(24));
        await RunAsync();
        Assert.NotEmpty(_product.Blobs.NamesUnder("uploads/"));

        Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync();

        Assert.Empty(_product.Blobs.NamesUnder("uploads/"));
    }

    [Fact]
    public async Task Endpoints_AndWhatTheAppKeepsForItself_Stay()
    {
        await _product.Store.WriteAsync("webhooks/x/endpoints.json", [1], Token);
        await _product.Store.WriteAsync("system/anonymous-token", [1], Token);
        Clock.Advance(TimeSpan.FromDays(365));

        await RunAsync();

        Assert.Equal(2, _product.Blobs.NamesUnder("").Count);
    }

    [Fact]
    public async Task Instances_OfOtherKinds_ArePurgedWhenTheyHaveEnded()
    {
        await _client.StartOnceAsync("Recovery", "recovery-1", new object(), Token);
        await _client.StartOnceAsync("Recovery", "recovery-2", new object(), Token);
        _client.Set("recovery-1", OrchestrationRuntimeStatus.Completed);
        Clock.Advance(TimeSpan.FromDays(8));

        await RunAsync();

        Assert.Equal(["recovery-2"], _client.Ids);
    }

    [Fact]
    public async Task Job_ThatCannotBeRemoved_DoesNotKeepTheOthers()
    {
        var stuck = await EndedAsync();
        var other = await EndedAsync();
        Clock.Advance(TimeSpan.FromDays(8));
        _client.Purging = id =>
        {
            if (id == stuck)
            {
                throw new InvalidOperationException("It is stuck.");
            }
        };

        await RunAsync();

        Assert.Contains(_product.Blobs.NamesUnder("jobs/"), name => name.Contains(stuck, StringComparison.Ordinal));
        Assert.DoesNotContain(_product.Blobs.NamesUnder("jobs/"), name => name.Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Jobs_ByTheThousands_AreGoneInTheRunsOfOneNight()
    {
        // Twenty thousand in the long campaign.
        var jobs = Environment.GetEnvironmentVariable("FACESWAP_FULL") is null ? 2_500 : 20_000;
        for (var job = 0; job < jobs; job++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            var id = await StartAsync();
            await _product.Store.WriteAsync($"jobs/{id}/result/video.mp4", [1], Token);
            _client.Set(id, OrchestrationRuntimeStatus.Completed, new JobOutcome(JobStage.Completed, null, null));
        }

        Clock.Advance(TimeSpan.FromDays(8));
        var runs = 0;
        for (; _product.Blobs.NamesUnder("jobs/").Count > 0; runs++)
        {
            Clock.Advance(TimeSpan.FromMinutes(15));
            await RunAsync();
        }

        Assert.Equal((jobs + JobRetention.Window - 1) / JobRetention.Window, runs);
        Assert.True(runs < TimeSpan.FromHours(8) / TimeSpan.FromMinutes(15));
        Assert.Empty(_product.Blobs.NamesUnder(""));
        Assert.Empty(_client.Ids);
    }

    private Task RunAsync() => _product.Get<JobRetention>().RunAsync(_client, Token);

    private JobInput Job(string id) =>
        new(id, "caller", Clock.GetUtcNow(), "https://app.test", null, null, null, "swap", "en", null, JobPolicy.From(new JobOptions()));

    private async Task<string> StartAsync(string? key = null)
    {
        var id = JobIds.New(Clock);
        await _product.Get<JobStart>().StartAsync(KeyedRequest.Of("caller", key, [1]), new FaceSwapJobInput(Job(id), []), _client, Token);
        return id;
    }

    // A job with media, a record, a delivery, and a session that it claimed.
    private async Task<string> EndedAsync(string? key = null)
    {
        var id = await StartAsync(key);
        var job = Job(id);
        var (outcome, timeline) = (new JobOutcome(JobStage.Completed, null, null), new StageEntry[] { new(JobStage.Queued, Clock.GetUtcNow()), new(JobStage.Completed, Clock.GetUtcNow()) });
        await _product.Store.WriteAsync($"jobs/{id}/result/video.mp4", [1], Token);
        await _product.Get<JobDocuments>().RecordAsync(
            new JobRecord(id, "caller", JobStage.Completed, job.SubmittedAt, timeline, null, null, null, "swap", null, null, null, null, null, null, null, null, "en", "https://app.test", "b", "s"), Token);
        var message = WebhookMessage.Of(WebhookEventTypes.JobCompleted, Clock.GetUtcNow(), JobViews.Of(job, null, null, null));
        foreach (var delivery in await _product.Get<DeliveryStart>().StartAsync(_client, [new WebhookTarget("caller", "whe_1", null, null)], message, Token))
        {
            _client.Set(delivery.InstanceId(1), OrchestrationRuntimeStatus.Completed);
        }

        _client.Set(id, OrchestrationRuntimeStatus.Completed, outcome, new JobStatus(JobStage.Completed, 100, timeline));
        return id;
    }
}
