using System.IO.Pipelines;
using System.Net;
using System.Text;
using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.Tests.Ledger;

/// <summary>The step that costs money, at every point at which it can be struck.</summary>
public sealed class PaidInstructionTests : IDisposable
{
    private const string Job = "job_1";
    private const string Session = "session-1";
    private const string Intent = "jobs/job_1/ledger/swap-1.json";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;
    private readonly TestProduct product = new();

    public void Dispose() => product.Dispose();

    [Fact]
    public async Task Message_ThatIsAnswered_LeavesAnIntentTheDraftAndNoReservation()
    {
        var draft = product.Backend.Draft;
        var report = await SendAsync();

        var intent = await FindAsync(1);
        Assert.Equal(new SendReport(SendReportKind.Replied, intent!.Baseline, product.Time.GetUtcNow(), "Done."), report);
        Assert.Equal((Job, 1, Session, 1000m, 0m), (intent.JobId, intent.Attempt, intent.SessionId, intent.Available, intent.Frozen));
        Assert.Equal(intent.CreatedAt + TimeSpan.FromSeconds(60), intent.SendBy);
        Assert.Null(intent.VoidedBy);
        Assert.Equal(draft, Encoding.UTF8.GetString(product.Blobs["jobs/job_1/baseline.json"]!));
        Assert.Empty(Reservations());
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
    }

    [Fact]
    public async Task Answer_WithoutAWord_HasNoReply()
    {
        product.Backend.On(ScriptedBackend.Message, () => ScriptedBackend.Stream("data: {\"type\":\"tool_call\"}\n\n"));

        Assert.Null((await SendAsync()).Reply);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Runs_ThatHaveAllLookedBeforeOneClaims_SendOneMessage(int runs)
    {
        var looked = new Rendezvous(runs);
        product.Blobs.Before = (method, path) => method == "PUT" && path == Intent ? looked.MeetAsync() : Task.CompletedTask;

        var reports = await Task.WhenAll(Enumerable.Range(0, runs).Select(_ => SendAsync()));

        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Single(reports, report => report.Kind == SendReportKind.Replied);
        Assert.Equal(runs - 1, reports.Count(report => report.Kind == SendReportKind.Uncertain));
        Assert.Single(reports.Select(report => (report.Baseline, report.IntendedAt)).Distinct());
        Assert.Empty(Reservations());
    }

    [Fact]
    public async Task Run_AfterAnother_SendsNothingAndReleasesWhatTheFirstReserved()
    {
        var first = await SendAsync();
        await product.Store.Marks.WriteAsync(ReservationOf(Job), MarkOf(100, TimeSpan.FromMinutes(5)), Cancellation);

        var second = await SendAsync();

        Assert.Equal(first with { Kind = SendReportKind.Uncertain, Reply = null }, second);
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Empty(Reservations());
    }

    [Fact]
    public async Task Claim_WhoseAnswerIsLost_IsKnownForOnesOwn()
    {
        // The client repeats the write, and finds the intent that it has written itself.
        var lost = 0;
        product.Blobs.After = (method, path) => method == "PUT" && path == Intent && Interlocked.Increment(ref lost) == 1 ? throw new IOException("reset") : Task.CompletedTask;

        Assert.Equal(SendReportKind.Replied, (await SendAsync()).Kind);
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
    }

    [Theory]
    [InlineData(60, SendReportKind.Replied)]
    [InlineData(61, SendReportKind.DidNotRun)]
    public async Task Process_FrozenBetweenClaimAndConnection_SendsUntilTheSendByTimeAndNotAfter(int seconds, SendReportKind expected)
    {
        product.Blobs.After = (method, path) =>
        {
            if (method == "PUT" && path == Intent)
            {
                product.Blobs.After = null;
                product.Time.Advance(TimeSpan.FromSeconds(seconds));
            }

            return Task.CompletedTask;
        };

        var report = await SendAsync();

        Assert.Equal((expected, expected == SendReportKind.Replied ? null : ErrorCodes.NotSent), (report.Kind, report.Error?.Code));
        Assert.Equal(expected == SendReportKind.Replied ? null : ErrorCodes.NotSent, (await FindAsync(1))!.VoidedBy?.Code);
    }

    [Fact]
    public async Task Session_ThatAnotherJobTookOver_IsLeftToIt()
    {
        await ClaimSessionAsync("job_2");

        Assert.Equal(ErrorCodes.SessionBusy, (await FailureAsync()).Code);
        Assert.Empty(product.Backend.Requests);

        product.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ErrorCodes.SessionBusy, (await FailureAsync()).Code);
    }

    [Fact]
    public async Task Session_ThatThisJobClaimed_IsItsOwn()
    {
        await ClaimSessionAsync(Job);

        Assert.Equal(SendReportKind.Replied, (await SendAsync()).Kind);
    }

    [Fact]
    public async Task Stream_TakesASlotUntilItsEnd()
    {
        using var limited = new TestProduct(settings: ("Jobs:MostStreams", "1"));
        Exception? failure = null;
        limited.Backend.On(ScriptedBackend.Message, async _ =>
        {
            limited.Backend.On(ScriptedBackend.Message, () => ScriptedBackend.Stream(""));
            failure = await Record.ExceptionAsync(() => SendAsync(limited, jobId: "job_2"));
            return ScriptedBackend.Stream("");
        });

        await SendAsync(limited);

        Assert.Equal(ErrorCodes.NotSent, Assert.IsType<FaceSwapException>(failure).Code);
        Assert.Null(limited.Blobs["jobs/job_2/ledger/swap-1.json"]);
        Assert.Equal(SendReportKind.Replied, (await SendAsync(limited, jobId: "job_2")).Kind);
    }

    [Theory]
    [InlineData(200, """{"code":2001}""", ErrorCodes.InsufficientCredits)]
    [InlineData(429, "", ErrorCodes.RateLimited)]
    [InlineData(402, "", ErrorCodes.ExportNotAllowed)]
    public async Task Refusal_ThatProvesThatNothingRan_IsToldAndKept(int status, string body, string code)
    {
        product.Backend.On(ScriptedBackend.Message, () => ScriptedBackend.Json(body, status));

        var report = await SendAsync();
        var later = await SendAsync();

        Assert.Equal((SendReportKind.DidNotRun, code), (report.Kind, report.Error?.Code));
        Assert.Equal((SendReportKind.DidNotRun, code), (later.Kind, later.Error?.Code));
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Equal(code == ErrorCodes.InsufficientCredits, report.Error?.Remedy == "Top up credits in your account.");
        Assert.Empty(Reservations());
    }

    [Fact]
    public async Task Refusal_ThatCannotBeKept_IsToldAllTheSame()
    {
        product.Backend.On(ScriptedBackend.Message, () =>
        {
            product.Blobs.Before = (_, _) => throw new IOException("storage is away");
            return ScriptedBackend.Json("", 429);
        });

        Assert.Equal(SendReportKind.DidNotRun, (await SendAsync()).Kind);
    }

    [Fact]
    public async Task Refusal_OfAnAnonymousToken_RenewsIt()
    {
        using var anonymous = new TestProduct(settings: TestProduct.Anonymous);
        anonymous.Backend.On(ScriptedBackend.Message, () => ScriptedBackend.Json("""{"code":1001}""", 401));

        var report = await SendAsync(anonymous);

        Assert.Equal((SendReportKind.DidNotRun, ErrorCodes.TokenExpired), (report.Kind, report.Error?.Code));
        Assert.Equal(2, anonymous.Backend.CountOf(ScriptedBackend.Token));
        Assert.Equal("Bearer token-2", (await anonymous.Get<NemoTokens>().GetAsync(Cancellation)).ToHeader().ToString());
    }

    [Theory]
    [InlineData(500, """{"code":2001}""")]
    [InlineData(408, "")]
    [InlineData(200, "<html>")]
    public async Task Answer_ThatProvesNothing_IsUncertainAndNeverSentAgain(int status, string body)
    {
        product.Backend.On(ScriptedBackend.Message, () => ScriptedBackend.Json(body, status));

        Assert.Equal(SendReportKind.Uncertain, (await SendAsync()).Kind);
        Assert.Equal(SendReportKind.Uncertain, (await SendAsync()).Kind);
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Null((await FindAsync(1))!.VoidedBy);
    }

    [Fact]
    public async Task Stream_ThatGoesOn_IsLeftAfterFifteenMinutes()
    {
        var pipe = new Pipe();
        product.Backend.On(ScriptedBackend.Message, () => Streaming(pipe));
        await pipe.Writer.WriteAsync("data: {\"type\":\"text\",\"content\":\"I start.\"}\n\n"u8.ToArray(), Cancellation);
        var sending = SendAsync();
        await Eventually.HoldsAsync(() => product.Backend.CountOf(ScriptedBackend.Message) == 1, "the message is sent");

        // News every five minutes, so that it is not left for its silence.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            product.Time.Advance(TimeSpan.FromMinutes(5));
            var writes = Writes();
            await pipe.Writer.WriteAsync("data: {\"type\":\"tool_call\"}\n\n"u8.ToArray(), Cancellation);
            await Eventually.HoldsAsync(() => Writes() > writes, "the news is taken in");
        }

        product.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.False(sending.IsCompleted);
        product.Time.Advance(TimeSpan.FromSeconds(1));

        var report = await sending;
        Assert.Equal((SendReportKind.Uncertain, "I start."), (report.Kind, report.Reply));

        int Writes() => product.Blobs.Requests.Count(request => request == "PUT jobs/job_1/progress.json");
    }

    [Fact]
    public async Task Review_WithoutATrace_ForbidsTheSendingForEver()
    {
        var review = await ReviewAsync(1);
        var lingering = await SendAsync();

        Assert.Equal((SendReportKind.DidNotRun, ErrorCodes.NotSent), (review.Kind, review.Error?.Code));
        Assert.Equal((SendReportKind.DidNotRun, ErrorCodes.NotSent), (lingering.Kind, lingering.Error?.Code));
        Assert.Equal(0, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Empty(product.Blobs.NamesUnder("system/uses/"));
    }

    [Fact]
    public async Task Review_AtTheMomentOfAClaim_AgreesWithIt()
    {
        var looked = new Rendezvous(2);
        product.Blobs.Before = (method, path) => method == "PUT" && path == Intent ? looked.MeetAsync() : Task.CompletedTask;

        var sending = SendAsync();
        var review = await ReviewAsync(1);
        var sent = await sending;

        Assert.Equal(review.Kind == SendReportKind.DidNotRun ? 0 : 1, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Equal(review.Kind == SendReportKind.DidNotRun ? SendReportKind.DidNotRun : SendReportKind.Replied, sent.Kind);
    }

    [Fact]
    public async Task Review_OfAnIntentWithoutOutcome_IsUncertain()
    {
        var sent = await SendAsync();

        Assert.Equal(sent with { Kind = SendReportKind.Uncertain, Reply = null }, await ReviewAsync(1));
    }

    [Fact]
    public async Task Second_WhoseFirstShowsInTheSession_IsForbiddenAndTheFirstIsLookedFor()
    {
        var first = await SendAsync();

        var second = await SendAsync(attempt: 2);

        Assert.Equal(first with { Kind = SendReportKind.Uncertain, Reply = null }, second);
        Assert.Equal(ErrorCodes.NotSent, (await FindAsync(2))!.VoidedBy?.Code);
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
    }

    [Fact]
    public async Task Second_WithEverythingAsBefore_IsSent()
    {
        await product.IntendAsync();

        Assert.Equal(SendReportKind.Replied, (await SendAsync(attempt: 2)).Kind);
        Assert.Equal(1, product.Backend.CountOf(ScriptedBackend.Message));
    }

    [Theory]
    [InlineData(900, 0)]
    [InlineData(1000, 100)]
    public async Task Second_AfterCreditsMoved_IsNotSentUnlessTheCallerChoseTo(int available, int frozen)
    {
        await product.IntendAsync();
        (product.Backend.Available, product.Backend.Frozen) = (available, frozen);

        Assert.Equal(ErrorCodes.AmbiguousOutcome, (await FailureAsync(attempt: 2)).Code);
        Assert.Equal(0, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Null(await FindAsync(2));
        Assert.Empty(Reservations());

        Assert.Equal(SendReportKind.Replied, (await SendAsync(attempt: 2, inDoubt: true)).Kind);
    }

    [Fact]
    public async Task Second_WhoseCreditsMoveWhileItIsReserved_IsNotSent()
    {
        await product.IntendAsync();
        product.Blobs.After = (method, path) =>
        {
            product.Backend.Available = method == "PUT" && path == ReservationOf(Job) ? 900 : product.Backend.Available;
            return Task.CompletedTask;
        };

        Assert.Equal(ErrorCodes.AmbiguousOutcome, (await FailureAsync(attempt: 2)).Code);
        Assert.Equal(0, product.Backend.CountOf(ScriptedBackend.Message));
        Assert.Empty(Reservations());
    }

    [Fact]
    public async Task Second_InAnotherSession_IsJudgedByTheCreditsAlone()
    {
        await product.IntendAsync(first => first with { SessionId = "session-0", Baseline = "the state of a session that is gone" });

        Assert.Equal(SendReportKind.Replied, (await SendAsync(attempt: 2)).Kind);
    }

    [Fact]
    public async Task Message_ForWhichThereAreNoCredits_LeavesNoIntent()
    {
        product.Backend.Available = 99;

        var failure = await FailureAsync();

        Assert.Equal(ErrorCodes.InsufficientCredits, failure.Code);
        Assert.Equal("The account has 99 credits; an edit takes about 100.", failure.Message);
        Assert.Null(await FindAsync(1));
        Assert.Empty(Reservations());
    }

    private static HttpResponseMessage Streaming(Pipe pipe) =>
        new(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentType = new("text/event-stream") } } };

    private static Dictionary<string, string> MarkOf(int amount, TimeSpan lifetime) => new()
    {
        ["amount"] = $"{amount}",
        ["until"] = (new FakeClock().GetUtcNow() + lifetime).ToString("O", null),
    };

    private Task<SendReport> SendAsync(TestProduct? by = null, string jobId = Job, int attempt = 1, bool inDoubt = false) =>
        (by ?? product).Get<PaidInstruction>().SendOnceAsync(jobId, attempt, Session, "swap", inDoubt, false, Cancellation);

    private async Task<FaceSwapException> FailureAsync(int attempt = 1) =>
        await Assert.ThrowsAsync<FaceSwapException>(() => SendAsync(attempt: attempt));

    private Task<SendReport> ReviewAsync(int attempt) => product.Get<PaidInstruction>().ReviewAsync(Job, attempt, Session, Cancellation);

    private Task<SwapIntent?> FindAsync(int attempt) => product.Get<SwapLedger>().FindAsync(Job, attempt, Cancellation);

    private async Task ClaimSessionAsync(string jobId)
    {
        var claims = product.Get<SessionClaims>();
        Assert.True(await claims.TryClaimAsync(Session, jobId, await claims.ReadAsync(Session, Cancellation), Cancellation));
    }

    private IReadOnlyList<string> Reservations() => product.Blobs.NamesUnder("system/reservations/");

    private static string ReservationOf(string jobId) => $"system/reservations/{TestProduct.Account}/{jobId}";
}
