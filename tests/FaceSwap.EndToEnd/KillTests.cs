using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>
/// SIGKILL of a host with jobs at every point of their lives, one job at each: it starts again, every job completes, and each has exactly
/// one message that ran and was paid for.
/// </summary>
public sealed class KillTests(KilledHost killed) : IClassFixture<KilledHost>
{
    [Theory]
    [InlineData(Point.SessionRequested, 0)]
    [InlineData(Point.SessionCreated, 0)]
    [InlineData(Point.UploadReceived, 0)]
    [InlineData(Point.UploadApplied, 0)]
    [InlineData(Point.StateRead, 0)]
    [InlineData(Point.StateRead, 1)]
    [InlineData(Point.StateRead, 2)]
    [InlineData(Point.RenderRequested, 0)]
    [InlineData(Point.RenderSubmitted, 0)]
    [InlineData(Point.RenderPoll, 0)]
    [InlineData(Point.RenderPoll, 1)]
    [InlineData(Point.ResultRequested, 0)]
    [InlineData(Point.ResultHalf, 0)]
    public Task Host_KilledAt_CompletesTheJobAfterTheRestart(Point point, int skip) => killed.CompletesOnceAsync(new Hold { At = point, Skip = skip });

    [Theory]
    [InlineData(Point.MessageReceived)]
    [InlineData(Point.MessageStarted)]
    [InlineData(Point.MessageStreaming)]
    [InlineData(Point.MessageExecuted)]
    [InlineData(Point.MessageBeforeEnd)]
    public Task Host_KilledWithinTheStreamOfABackendThatGoesOn_CompletesTheJobWithOneMessage(Point point) => killed.CompletesOnceAsync(new Hold { At = point });

    [Theory]
    [InlineData(Point.MessageStreaming)]
    [InlineData(Point.MessageExecuted)]
    public Task Host_KilledWhileTheBackendGoesOnForLonger_WaitsForTheEdit(Point point) => killed.CompletesOnceAsync(KilledHost.HeldForLonger(point));

    [Fact]
    public Task Host_KilledWhileItFetchesTheVideo_FetchesItAgain() => killed.CompletesOnceAsync(KilledHost.Fetching);

    [Fact]
    public async Task Host_KilledBeforeTheWebhookIsAnswered_DeliversItAgainUnderItsId()
    {
        await killed.CompletesOnceAsync(KilledHost.Telling);

        Assert.Equal(2, killed.DeliveriesOf(KilledHost.Telling));
    }

    [Fact]
    public Task Host_KilledWhileAJobIsCancelledWithinThePaidMessage_SaysThatItMayBeCharged() => killed.IsCancelledAsync();

    [Fact]
    public Task Host_KilledWhileARunningJobIsDeleted_LeavesNothingOfIt() => killed.IsDeletedAsync();
}

/// <summary>A host that was killed once, with a job held at each of the points, and started again.</summary>
public sealed class KilledHost(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>The job whose video was being fetched.</summary>
    internal static readonly Hold Fetching = new() { At = Point.SessionRequested, Gate = "fetching" };

    /// <summary>The job whose webhook was not answered yet.</summary>
    internal static readonly Hold Telling = new() { At = Point.SessionRequested, Gate = "telling" };

    private static readonly Hold Cancelled = new() { At = Point.MessageStreaming, Gate = "cancelled" };
    private static readonly Hold Deleted = new() { At = Point.MessageStreaming, Gate = "deleted" };

    private static readonly Hold[] Released =
    [
        new() { At = Point.SessionCreated },
        new() { At = Point.UploadReceived },
        new() { At = Point.UploadApplied },
        .. Enumerable.Range(0, 3).Select(skip => new Hold { At = Point.StateRead, Skip = skip }),
        new() { At = Point.MessageReceived },
        new() { At = Point.MessageStarted },
        new() { At = Point.MessageStreaming },
        new() { At = Point.MessageExecuted },
        new() { At = Point.MessageBeforeEnd },
        new() { At = Point.RenderRequested },
        new() { At = Point.RenderSubmitted },
        .. Enumerable.Range(0, 2).Select(skip => new Hold { At = Point.RenderPoll, Skip = skip }),
        new() { At = Point.ResultRequested },
        new() { At = Point.ResultHalf },

        // Last: until it has its session, the next one that is asked for would be held, too.
        new() { At = Point.SessionRequested },
    ];

    private readonly Dictionary<Hold, string> jobs = [];
    private Rig rig = null!;

    /// <summary>The job at this point whose backend stands still until the host is back.</summary>
    internal static Hold HeldForLonger(Point point) => new() { At = point, Gate = $"longer {point}" };

    /// <summary>The job that was held there completed, and was paid for once.</summary>
    internal Task CompletesOnceAsync(Hold hold) => rig.CompletedOnceAsync(jobs[hold]);

    /// <summary>The job that its caller cancelled ended so, and says what it may have cost.</summary>
    internal Task IsCancelledAsync() => rig.CancelledInDoubtAsync(jobs[Cancelled]);

    /// <summary>The job that its caller deleted is gone, after one message.</summary>
    internal async Task IsDeletedAsync()
    {
        await rig.GoneAsync(jobs[Deleted]);
        Assert.Single(await rig.MessagesOfAsync(jobs[Deleted]));
    }

    /// <summary>How often a webhook of the job was sent.</summary>
    internal int DeliveriesOf(Hold hold) => rig.DeliveriesOf(jobs[hold]).Count;

    public async ValueTask InitializeAsync()
    {
        rig = await Rig.StartAsync(azurite);
        rig.Receiver.AnswerNext(new WebhookAnswer(204, When: new TaskCompletionSource().Task));
        jobs[Telling] = await rig.Jobs.SubmitAsync();
        await rig.Receiver.WaitForAsync(1);
        await using var media = await MediaServer.StartAsync();
        var rest = new TaskCompletionSource();
        jobs[Fetching] = await rig.Jobs.SubmitAsync(media.Pause("clip.mp4", SampleMedia.Clip, rest.Task), media.Serve("face.jpg", SampleMedia.FaceJpeg));
        await Eventually.HoldsAsync(() => media.Requests.Count > 0, "the video is asked for");
        Hold[] longer = [HeldForLonger(Point.MessageStreaming), HeldForLonger(Point.MessageExecuted)];
        foreach (var hold in (Hold[])[.. longer, .. Released])
        {
            jobs[hold] = await rig.SubmitHeldAsync(hold with { Gate = GateOf(hold) });
        }

        jobs[Cancelled] = await rig.SubmitHeldAsync(Cancelled, OnDisconnect.Cancel);
        Assert.Equal(202, (await rig.Jobs.PostAsync($"api/jobs/{jobs[Cancelled]}/cancel", "")).Status);
        jobs[Deleted] = await rig.SubmitHeldAsync(Deleted);
        Assert.Equal(202, (await rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/jobs/{jobs[Deleted]}"))).Status);
        await rig.Host.KillAsync();
        rest.SetResult();
        await ReleaseAsync(Released);
        await rig.Host.StartAsync();
        await ReleaseAsync(longer);
        foreach (var job in jobs.Values.Except([jobs[Deleted]]))
        {
            await rig.Jobs.WaitForEndAsync(job);
        }
    }

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    private static string GateOf(Hold hold) => hold.Gate ?? $"{hold.At} {hold.Skip}";

    private async Task ReleaseAsync(IEnumerable<Hold> holds)
    {
        foreach (var hold in holds)
        {
            await rig.Backend.Control.ReleaseGateAsync(GateOf(hold));
        }
    }
}

/// <summary>SIGKILL of a host that has no token yet.</summary>
public sealed class TokenKillTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Host_KilledBeforeItHasItsToken_StartsOverWithANewClient()
    {
        // After the time that a request may take it is sure that nobody waits for its answer any more.
        await using var rig = await Rig.StartAsync(azurite, ("Nemo__RequestTimeout", "00:00:05"));
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.TokenRequested }] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync("token.requested");

        await rig.Host.KillAsync();
        await rig.Backend.Control.ReleaseGateAsync("token.requested");
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);

        // The first client's token was issued and lost on the way: for seven days the backend gives it no other.
        Assert.Equal([100, 0], (await rig.Backend.Control.ReadLedgerAsync()).Accounts.Select(account => 100_000 - account.Total).OrderDescending());
    }
}
