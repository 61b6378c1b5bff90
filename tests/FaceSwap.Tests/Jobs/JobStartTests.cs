using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;
using FaceSwap.Tests.Edge;
using FaceSwap.Tests.Product;
using FaceSwap.Webhooks;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>A job is started once for a caller's key, whoever dies on the way.</summary>
public sealed class JobStartTests : IAsyncDisposable
{
    private readonly TestProduct _product = new();
    private readonly ScriptedClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private JobStart Starts => _product.Get<JobStart>();

    public async ValueTask DisposeAsync()
    {
        _product.Dispose();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task Start_WithoutAKey_IsEachTimeAnother()
    {
        Assert.Null(await Starts.ReplayAsync(null, _client, Token));
        Assert.False((await Starts.StartAsync(null, Input("job_1"), _client, Token)).IsReplay);
        Assert.False((await Starts.StartAsync(null, Input("job_2"), _client, Token)).IsReplay);

        Assert.Equal(["job_1", "job_2"], _client.Started.Select(started => started.Id));
        Assert.Empty(_product.Blobs.NamesUnder("keys/"));
    }

    [Fact]
    public async Task Start_OfAHundredAtOnceUnderOneKey_IsOneJob()
    {
        var all = new Rendezvous(100);
        _product.Blobs.Before = (method, _) => method == "PUT" ? all.MeetAsync() : Task.CompletedTask;

        var started = await Task.WhenAll(Enumerable.Range(1, 100).Select(number => Starts.StartAsync(Request(), Input($"job_{number}"), _client, Token)));

        var job = Assert.Single(_client.Started).Id;
        Assert.All(started, one => Assert.Equal(job, one.View.Id));
        Assert.Single(started, one => !one.IsReplay);
    }

    [Fact]
    public async Task Start_ThatDiedAfterTheClaim_IsMadeGoodByTheNext()
    {
        _client.Before = _ => throw new IOException("The connection broke.");
        var died = await Assert.ThrowsAsync<FaceSwapException>(() => Starts.StartAsync(Request(), Input("job_1"), _client, Token));
        Assert.Equal(ErrorCodes.StartUnknown, died.Code);
        _client.Before = null;

        var next = await Starts.StartAsync(Request(), Input("job_2"), _client, Token);

        Assert.Equal(("job_1", true), (next.View.Id, next.IsReplay));
        var (orchestrator, id, input) = Assert.Single(_client.Started);
        Assert.Equal(("FaceSwapJob", "job_1"), (orchestrator, id));
        var job = Input("job_1");
        Assert.Equivalent(job with { Job = job.Job with { Key = Request().Key } }, input, strict: true);
    }

    [Fact]
    public async Task Start_WhoseClaimIsWrittenAndItsAnswerLost_StartsItsOwnJob()
    {
        var lost = false;
        _product.Blobs.After = (method, _) => method == "PUT" && !lost && (lost = true) ? throw new HttpRequestException("The connection broke.") : Task.CompletedTask;

        var started = await Starts.StartAsync(Request(), Input("job_1"), _client, Token);

        Assert.Equal(("job_1", false), (started.View.Id, started.IsReplay));
        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Replay_OfAJobThatHasEnded_ShowsItsEnd()
    {
        await Starts.StartAsync(Request(), Input("job_1"), _client, Token);
        _client.Set("job_1", OrchestrationRuntimeStatus.Completed, new JobOutcome(JobStage.Failed, null, JobError.Of(ErrorCodes.RenderFailed, "It failed.")));

        var replay = await Starts.ReplayAsync(Request(), _client, Token);

        Assert.Equal((JobStage.Failed, true), (replay!.View.Status, replay.IsReplay));
        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Key_ForAnotherRequest_IsRefused()
    {
        await Starts.StartAsync(Request(), Input("job_1"), _client, Token);

        foreach (var call in new[] { () => Starts.ReplayAsync(Request("another"), _client, Token), async () => await Starts.StartAsync(Request("another"), Input("job_2"), _client, Token) })
        {
            var refusal = await Assert.ThrowsAsync<FaceSwapException>(call);
            Assert.Equal(ErrorCodes.IdempotencyKeyReused, refusal.Code);
            Assert.Contains("job_1", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Single(_client.Started);
    }

    [Fact]
    public async Task Key_OfAnotherCaller_IsAnotherKey()
    {
        await Starts.StartAsync(Request(), Input("job_1"), _client, Token);

        Assert.Null(await Starts.ReplayAsync(Request(caller: "somebody"), _client, Token));
        Assert.Equal("job_2", (await Starts.StartAsync(Request(caller: "somebody"), Input("job_2"), _client, Token)).View.Id);
    }

    [Fact]
    public void Request_OfPartsThatAreDividedOtherwise_IsAnother()
    {
        Assert.Null(KeyedRequest.Of("caller", null, "a"u8.ToArray()));
        Assert.Equal(KeyedRequest.Of("caller", "key", "a"u8.ToArray(), "b"u8.ToArray()), KeyedRequest.Of("caller", "key", "a"u8.ToArray(), "b"u8.ToArray()));
        Assert.NotEqual(KeyedRequest.Of("caller", "key", "ab"u8.ToArray(), [])!.Hash, KeyedRequest.Of("caller", "key", "a"u8.ToArray(), "b"u8.ToArray())!.Hash);
    }

    [Fact]
    public void Request_OfTheApp_HasAKeyThatNoCallerCanSend()
    {
        var request = KeyedRequest.OfApp("caller", "inbox:1.csv:0x1", [1]);

        Assert.NotEqual(KeyedRequest.Of("caller", "inbox:1.csv:0x1", [1])!.Key, request.Key);

        // Which a header is refused for, as IdempotencyKeyTests show.
        Assert.Equal(KeyedRequest.Of("caller", "\0inbox:1.csv:0x1", [1]), request);
    }

    private static KeyedRequest Request(string what = "this", string caller = "caller") => new(IdempotencyKeys.DocumentOf(caller, "key"), what);

    private static FaceSwapJobInput Input(string id) => new(
        new JobInput(
            id, "caller", DateTimeOffset.UnixEpoch, "https://app.test/api", new MediaSource("https://media.test/clip.mp4", null), new MediaSource("https://media.test/face.jpg", null),
            null, "swap", "en", new Dictionary<string, string> { ["order"] = "日" }, JobPolicy.From(new JobOptions()), UnknownOutcome.Resend),
        [new WebhookTarget("caller", "whe_1", null, [WebhookEventTypes.JobFailed])]);
}
