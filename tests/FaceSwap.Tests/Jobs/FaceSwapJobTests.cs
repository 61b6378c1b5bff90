using FaceSwap.Errors;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Renders;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>What a job does and says when something fails, before, while and after money may have been spent.</summary>
public sealed class FaceSwapJobTests
{
    private static readonly Func<object?> Unavailable = () => Error(ErrorCodes.BackendUnavailable);
    private static readonly Func<object?> Defect = () => throw new InvalidOperationException("Storage is away.");

    [Theory]
    [InlineData(nameof(EditSteps.ReadState), 5)]
    [InlineData(nameof(EditSteps.ReadState), 30)]
    [InlineData(nameof(EditSteps.JudgeResend), 5)]
    [InlineData(nameof(EditSteps.JudgeResend), 30)]
    [InlineData(nameof(EditSteps.ReviewIntent), 5)]
    [InlineData(nameof(EditSteps.ReviewIntent), 30)]
    [InlineData(nameof(RenderSteps.SubmitRender), 5)]
    [InlineData(nameof(RenderSteps.SubmitRender), 30)]
    [InlineData(nameof(RenderSteps.PollRender), 5)]
    [InlineData(nameof(RenderSteps.PollRender), 30)]
    [InlineData(nameof(RenderSteps.StoreResult), 5)]
    [InlineData(nameof(RenderSteps.StoreResult), 30)]
    public async Task Outage_AfterTheMessageMayHaveLeft_IsWaitedFor(string step, int minutes)
    {
        foreach (var outage in new[] { Unavailable, Defect })
        {
            var context = InNeedOf(step).AwayFor(step, TimeSpan.FromMinutes(minutes), outage);

            var outcome = await context.RunAsync();

            Assert.Equal((JobStage.Completed, null), (outcome.Stage, outcome.Error));
            Assert.Equal(1, context.CallsOf(nameof(EditSteps.SendInstruction)));
            Assert.InRange(context.CallsOf(step), 6, 60);
        }
    }

    [Fact]
    public async Task Outage_BeforeTheMessage_EndsTheJobAfterTheAttemptsOfAStep()
    {
        var context = new JobContext().On(nameof(EditSteps.Connect), Unavailable);

        var outcome = await context.RunAsync();

        Assert.Equal(Error(ErrorCodes.BackendUnavailable), outcome.Error);
        Assert.Equal(new JobOptions().StepAttempts, context.CallsOf(nameof(EditSteps.Connect)));
        Assert.Equal(0, context.CallsOf(nameof(EditSteps.SendInstruction)));
    }

    [Theory]
    [InlineData(ErrorCodes.SessionLost)]
    [InlineData(ErrorCodes.BackendRefused)]
    [InlineData(ErrorCodes.TokenRejected)]
    [InlineData(ErrorCodes.RateLimited)]
    [InlineData(ErrorCodes.StorageUnavailable)]
    public async Task Failure_WhileTheEditIsUnproven_IsAmbiguousWithItsCause(string code)
    {
        foreach (var step in new[] { nameof(EditSteps.ReadState), nameof(EditSteps.JudgeResend), nameof(EditSteps.ReviewIntent) })
        {
            var context = InNeedOf(step).On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(step, () => Error(code));

            var outcome = await context.RunAsync();

            Assert.Equal((JobStage.Failed, ErrorCodes.AmbiguousOutcome), (outcome.Stage, outcome.Error?.Code));
            Assert.Contains(ErrorCatalog.Find(code).Retryable ? ErrorCodes.DeadlineExceeded : code, outcome.Error!.Detail, StringComparison.Ordinal);
            Assert.DoesNotContain("nothing was charged", outcome.Error.Detail + outcome.Error.Remedy, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Defect_WhileTheEditIsUnproven_IsAmbiguous()
    {
        var outcome = await new JobContext().On(nameof(EditSteps.ReadState), Defect).RunAsync();

        Assert.Equal(ErrorCodes.AmbiguousOutcome, outcome.Error?.Code);
    }

    [Theory]
    [InlineData(ErrorCodes.BackendRefused)]
    [InlineData(ErrorCodes.ExportNotAllowed)]
    [InlineData(ErrorCodes.TokenRejected)]
    [InlineData(ErrorCodes.RenderFailed)]
    public async Task Failure_AfterTheEditIsProven_SaysHowToHaveItRenderedForNothing(string code)
    {
        foreach (var step in new[] { nameof(RenderSteps.SubmitRender), nameof(RenderSteps.PollRender), nameof(RenderSteps.StoreResult) })
        {
            var outcome = await new JobContext().On(step, () => Error(code)).RunAsync();

            Assert.Equal((JobStage.Failed, code), (outcome.Stage, outcome.Error?.Code));
            TellsOfTheExport(outcome.Error!);
        }
    }

    [Fact]
    public async Task Render_ThatFailsTwice_IsPaidForAndSaysSo()
    {
        var outcome = await new JobContext().On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Failed, null, null)).RunAsync();

        Assert.Equal(ErrorCodes.RenderFailed, outcome.Error?.Code);
        TellsOfTheExport(outcome.Error!);
    }

    [Fact]
    public async Task Session_LostWithAProvenEdit_IsNoCaseForAnExport()
    {
        var outcome = await new JobContext().On(nameof(RenderSteps.SubmitRender), () => Error(ErrorCodes.SessionLost)).RunAsync();

        Assert.Equal(ErrorCodes.SessionLost, outcome.Error?.Code);
        Assert.DoesNotContain("Submit", outcome.Error!.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("export", outcome.Error.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Deadline_WhileRendering_ExpiresTheJobAndCancelsTheRender()
    {
        var context = new JobContext().AwayFor(nameof(RenderSteps.PollRender), TimeSpan.FromHours(2), Unavailable);

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Expired, ErrorCodes.DeadlineExceeded), (outcome.Stage, outcome.Error?.Code));
        TellsOfTheExport(outcome.Error!);
        Assert.Equal(1, context.CallsOf(nameof(RenderSteps.CancelRender)));
    }

    [Fact]
    public async Task Deadline_StrikingWhileThePollsFail_StillLooksOnceMore()
    {
        foreach (var outage in new[] { Unavailable, Defect })
        {
            var context = new JobContext();
            var deadline = JobContext.Start + new JobOptions().Deadline;
            context.AwayFor(nameof(RenderSteps.SubmitRender), TimeSpan.FromMinutes(57), Unavailable)
                .On(nameof(RenderSteps.PollRender), () => context.CurrentUtcDateTime < deadline ? outage() : new RenderReading(RenderStatus.Completed, 100, null));

            Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);
        }
    }

    [Fact]
    public async Task Deadline_ThatCutsTheWaitForTheSecondMessage_IsNoVerdict()
    {
        // As on Azure's engine, the timer at the deadline fires a moment early.
        var context = InNeedOf(nameof(EditSteps.JudgeResend)).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Allowed).On(nameof(EditSteps.ReadState), () => JobContext.Unchanged);
        context.AwayFor(nameof(EditSteps.Connect), TimeSpan.FromSeconds(70), Unavailable).FireEarlyBy(TimeSpan.FromSeconds(1));

        var outcome = await context.RunAsync(deadline: TimeSpan.FromMinutes(16));

        Assert.Equal(ErrorCodes.AmbiguousOutcome, outcome.Error?.Code);
        Assert.Equal((0, 1), (context.CallsOf(nameof(EditSteps.JudgeResend)), context.CallsOf(nameof(EditSteps.SendInstruction))));
    }

    [Fact]
    public async Task RetryAfter_OfASecond_DoesNotMakeAHistoryOfThousandsOfEvents()
    {
        var impatient = JobError.Of(ErrorCodes.RateLimited, "Busy.") with { RetryAfter = TimeSpan.FromSeconds(1) };
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => impatient);

        var outcome = await context.RunAsync();

        Assert.Equal(ErrorCodes.AmbiguousOutcome, outcome.Error?.Code);
        Assert.InRange(context.CallsOf(nameof(EditSteps.ReadState)), 50, 80);
    }

    [Fact]
    public async Task RetryAfter_OfAWeekWhileStoring_IsNotSleptThrough()
    {
        var patient = JobError.Of(ErrorCodes.RateLimited, "Busy.") with { RetryAfter = TimeSpan.FromDays(7) };
        var context = new JobContext().AwayFor(nameof(RenderSteps.StoreResult), TimeSpan.FromMinutes(30), () => patient);

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);
        Assert.InRange(context.CurrentUtcDateTime - JobContext.Start, TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Sending_ThatFailedBeforeItsClaim_IsForbiddenBeforeTheCallerIsToldThatNothingWasSent()
    {
        var context = new JobContext().On(nameof(EditSteps.SendInstruction), () => Error(ErrorCodes.InsufficientCredits));
        var lingering = new JobContext().On(nameof(EditSteps.SendInstruction), () => Error(ErrorCodes.InsufficientCredits));
        lingering.On(nameof(EditSteps.ReviewIntent), () => lingering.Sent(SendReportKind.Uncertain));

        Assert.Equal(ErrorCodes.InsufficientCredits, (await context.RunAsync()).Error?.Code);
        Assert.Equal(1, context.CallsOf(nameof(EditSteps.ReviewIntent)));
        Assert.Equal(JobStage.Completed, (await lingering.RunAsync()).Stage);
    }

    [Fact]
    public async Task Record_ThatCannotBeWritten_DoesNotTakeTheResultWithIt()
    {
        var outcome = await new JobContext().On(nameof(EndSteps.RecordJob), Defect).RunAsync();

        Assert.Equal((JobStage.Completed, "jobs/job_1/video.mp4"), (outcome.Stage, outcome.Result?.Blob));
    }

    [Fact]
    public async Task Deadline_WithARenderThatHasEndedByThen_CompletesTheJob()
    {
        var context = new JobContext();
        var deadline = JobContext.Start + new JobOptions().Deadline;
        context.AwayFor(nameof(RenderSteps.SubmitRender), TimeSpan.FromMinutes(58.5), Unavailable)
            .On(nameof(RenderSteps.PollRender), () => new RenderReading(context.CurrentUtcDateTime < deadline ? RenderStatus.Processing : RenderStatus.Completed, null, null));

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);
    }

    [Fact]
    public async Task Storing_ThatIsPossibleOnlyAfterTheDeadline_CompletesTheJob()
    {
        var outcome = await new JobContext().AwayFor(nameof(RenderSteps.StoreResult), TimeSpan.FromHours(3), Unavailable).RunAsync();

        Assert.Equal(JobStage.Completed, outcome.Stage);
    }

    [Fact]
    public async Task Export_OfAnEarlierEdit_WaitsForAnOutageAndNeverTalksOfAnotherCharge()
    {
        var completed = await new JobContext().AwayFor(nameof(RenderSteps.SubmitRender), TimeSpan.FromMinutes(30), Unavailable).RunAsync(exportOnly: true);
        var refused = await new JobContext().On(nameof(RenderSteps.SubmitRender), () => Error(ErrorCodes.BackendRefused)).RunAsync(exportOnly: true);

        Assert.Equal(JobStage.Completed, completed.Stage);
        TellsOfTheExport(refused.Error!);
    }

    [Fact]
    public async Task Status_OfAnEditWithLongTexts_StaysWithinThePlatformsLimitAndTheOutcomeIsWhole()
    {
        var said = new string('脸', 5000);
        var edit = new JobEdit(said, [said], said);
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => new StateReading("after", true, edit));
        context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.Replied) with { Reply = said });

        var outcome = await context.RunAsync();

        Assert.Equal(said, outcome.Edit?.Reply);
        Assert.All(context.Statuses, status => Assert.InRange(status.Length, 1, 8192));
        Assert.Contains("completed", context.Statuses[^1], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, context.CallsOf(nameof(EndSteps.RecordJob)));
    }

    [Fact]
    public async Task Status_OfAFailureWithALongDetail_StaysWithinThePlatformsLimit()
    {
        var context = new JobContext().On(nameof(EditSteps.Connect), () => JobError.Of(ErrorCodes.BackendRefused, new string('脸', 5000)));

        await context.RunAsync();

        Assert.All(context.Statuses, status => Assert.InRange(status.Length, 1, 8192));
    }

    [Fact]
    public async Task Token_ThatKeepsExpiring_IsWaitedForAndGivenUp()
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.DidNotRun, Error(ErrorCodes.TokenExpired)));

        var outcome = await context.RunAsync();

        Assert.Equal(ErrorCodes.TokenExpired, outcome.Error?.Code);
        var sent = context.Calls.Where(call => call.Step == nameof(EditSteps.SendInstruction)).Select(call => call.At).ToList();
        Assert.Equal(5, sent.Count);
        Assert.Equal(sent[0], sent[1]);
        Assert.True(sent[4] > sent[1]);
    }

    [Fact]
    public async Task Edit_ThatProvablyNeverRan_SaysThatNothingWasCharged()
    {
        var context = InNeedOf(nameof(EditSteps.JudgeResend)).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Allowed).On(nameof(EditSteps.ReadState), () => JobContext.Unchanged);

        var outcome = await context.RunAsync();

        Assert.Equal(ErrorCodes.EditNotApplied, outcome.Error?.Code);
        Assert.Equal(2, context.CallsOf(nameof(EditSteps.SendInstruction)));
    }

    [Theory]
    [InlineData(nameof(MediaSteps.StageMedia))]
    [InlineData(nameof(EditSteps.Connect))]
    [InlineData(nameof(MediaSteps.UploadMedia))]
    [InlineData(nameof(EditSteps.SendInstruction))]
    public async Task Storage_AwayBeforeTheMessage_IsWaitedFor(string step)
    {
        var context = new JobContext().AwayFor(step, TimeSpan.FromMinutes(20), () => Error(ErrorCodes.StorageUnavailable));

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);
    }

    [Theory]
    [InlineData(ErrorCodes.NotSent)]
    [InlineData(ErrorCodes.CreditsReserved)]
    public async Task Places_ThatOtherJobsHold_AreWaitedForInGrowingSteps(string code)
    {
        var context = new JobContext().AwayFor(nameof(EditSteps.SendInstruction), TimeSpan.FromMinutes(40), () => Error(code));

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);
        Assert.InRange(context.CallsOf(nameof(EditSteps.SendInstruction)), 10, 60);
    }

    [Fact]
    public async Task Sending_ThatCouldNotBeSettledByTheDeadline_IsReviewedAllTheSame()
    {
        foreach (var (kind, code) in new[] { (SendReportKind.DidNotRun, ErrorCodes.DeadlineExceeded), (SendReportKind.Uncertain, ErrorCodes.AmbiguousOutcome) })
        {
            var context = new JobContext().On(nameof(EditSteps.SendInstruction), () => Error(ErrorCodes.StorageUnavailable)).On(nameof(EditSteps.ReadState), () => JobContext.Unchanged);
            context.On(nameof(EditSteps.ReviewIntent), () => context.Sent(kind, kind == SendReportKind.DidNotRun ? Error(ErrorCodes.NotSent) : null));

            Assert.Equal(code, (await context.RunAsync()).Error?.Code);
            Assert.Equal(1, context.CallsOf(nameof(EditSteps.ReviewIntent)));
        }
    }

    [Fact]
    public async Task Media_OfAJobThatFailedWhileStaging_IsRemoved()
    {
        var failing = new JobContext().On(nameof(MediaSteps.StageMedia), () => Error(ErrorCodes.UnsupportedFormat));
        var completing = new JobContext();

        Assert.Equal(ErrorCodes.UnsupportedFormat, (await failing.RunAsync()).Error?.Code);
        await completing.RunAsync();

        Assert.Equal((1, 0), (failing.CallsOf(nameof(MediaSteps.DiscardMedia)), completing.CallsOf(nameof(MediaSteps.DiscardMedia))));
    }

    [Fact]
    public async Task Deadline_StrikingAnEditThatIsThere_ProvesItWithoutPayingOrRenderingAnyMore()
    {
        var context = new JobContext();
        var deadline = JobContext.Start + new JobOptions().Deadline;
        context.On(nameof(EditSteps.ReadState), () => context.CurrentUtcDateTime < deadline ? Error(ErrorCodes.BackendUnavailable)
            : context.Calls[^2].Step == nameof(EditSteps.ReadState) && context.Calls[^2].At >= deadline ? JobContext.Changed
            : new StateReading("after", true, null));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Expired, ErrorCodes.DeadlineExceeded), (outcome.Stage, outcome.Error?.Code));
        TellsOfTheExport(outcome.Error!);
        Assert.Equal(2, context.Calls.Count(call => call.Step == nameof(EditSteps.ReadState) && call.At >= deadline));
        Assert.Equal(0, context.CallsOf(nameof(RenderSteps.SubmitRender)));
    }

    [Fact]
    public async Task Deadline_StrikingInTheWaitForTheSecondMessage_StillLooksForTheEdit()
    {
        // The reads before the wait found nothing; the edit shows while it is waited.
        var context = InDoubt();
        var deadline = JobContext.Start + TimeSpan.FromMinutes(12);
        context.On(nameof(EditSteps.ReadState), () => context.CurrentUtcDateTime < deadline ? JobContext.Unchanged
            : context.Calls.Count(call => call.Step == nameof(EditSteps.ReadState) && call.At >= deadline) == 1 ? new StateReading("after", true, null)
            : JobContext.Changed);

        var outcome = await context.RunAsync(deadline: TimeSpan.FromMinutes(12));

        Assert.Equal(ErrorCodes.DeadlineExceeded, outcome.Error?.Code);
        TellsOfTheExport(outcome.Error!);
        Assert.Equal((0, 1), (context.CallsOf(nameof(EditSteps.JudgeResend)), context.CallsOf(nameof(EditSteps.SendInstruction))));
    }

    [Fact]
    public async Task Doubt_WithResendChosen_SendsOnceMoreAfterTheSameWait()
    {
        var context = InDoubt();
        context.On(nameof(EditSteps.ReadState), () => context.CallsOf(nameof(EditSteps.SendInstruction)) < 2 ? JobContext.Unchanged : JobContext.Changed);

        var outcome = await context.RunAsync(onUnknownOutcome: UnknownOutcome.Resend);

        Assert.Equal(JobStage.Completed, outcome.Stage);
        var sent = context.Calls.Where(call => call.Step == nameof(EditSteps.SendInstruction)).Select(call => call.At).ToList();
        Assert.Equal(2, sent.Count);
        Assert.InRange(sent[1] - sent[0], new JobOptions().SecondAttemptAfter, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task Doubt_WithResendChosen_IsNeverSentAThirdTimeAndStaysInDoubt()
    {
        foreach (var verdict in new[] { ResendVerdict.Ambiguous, ResendVerdict.Allowed })
        {
            var context = InDoubt();
            context.On(nameof(EditSteps.JudgeResend), () => context.CallsOf(nameof(EditSteps.SendInstruction)) < 2 ? ResendVerdict.Ambiguous : verdict);

            var outcome = await context.RunAsync(onUnknownOutcome: UnknownOutcome.Resend);

            Assert.Equal(ErrorCodes.AmbiguousOutcome, outcome.Error?.Code);
            Assert.Equal(2, context.CallsOf(nameof(EditSteps.SendInstruction)));
        }
    }

    [Fact]
    public async Task Doubt_WithASecondMessageThatIsRefused_StaysInDoubtOfTheFirst()
    {
        var context = InDoubt();
        context.On(nameof(EditSteps.SendInstruction), () => context.CallsOf(nameof(EditSteps.SendInstruction)) == 1
            ? context.Sent(SendReportKind.Uncertain)
            : context.Sent(SendReportKind.DidNotRun, Error(ErrorCodes.InsufficientCredits)));

        var outcome = await context.RunAsync(onUnknownOutcome: UnknownOutcome.Resend);

        Assert.Equal(ErrorCodes.AmbiguousOutcome, outcome.Error?.Code);
        Assert.Contains(ErrorCodes.InsufficientCredits, outcome.Error!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doubt_WithoutAChoice_IsNotSentAgain()
    {
        var context = InDoubt();

        Assert.Equal(ErrorCodes.AmbiguousOutcome, (await context.RunAsync()).Error?.Code);
        Assert.Equal(1, context.CallsOf(nameof(EditSteps.SendInstruction)));
    }

    [Fact]
    public async Task Render_OfAJobThatExpired_IsCancelledHoweverLongTheBackendIsAwayAndNobodyWaitsForThat()
    {
        var context = new JobContext().On(nameof(RenderSteps.PollRender), Unavailable).AwayFor(nameof(RenderSteps.CancelRender), TimeSpan.FromHours(2), Unavailable);

        var outcome = await context.RunAsync();

        Assert.Equal(JobStage.Expired, outcome.Stage);
        var shown = context.Calls.Single(call => call.Step == nameof(EndSteps.RecordJob)).At;
        Assert.InRange(shown - JobContext.Start, TimeSpan.Zero, new JobOptions().Deadline + TimeSpan.FromMinutes(1));
        Assert.InRange(context.Calls.Last(call => call.Step == nameof(RenderSteps.CancelRender)).At - shown, TimeSpan.FromHours(2), TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Messages_ThatCannotBeStarted_DoNotTakeTheResultWithThem()
    {
        var context = new JobContext();
        context.On(nameof(EventSteps.StartWebhooks), () => context.CallsOf(nameof(EndSteps.RecordJob)) > 0 ? Defect() : null);
        context.Tell();

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);
        Assert.InRange(context.CallsOf(nameof(EventSteps.StartWebhooks)), 100, 102);
    }

    /// <summary>A job whose message left no trace, on an account whose credits tell nothing.</summary>
    private static JobContext InDoubt()
    {
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Ambiguous);
        return context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.Uncertain));
    }

    /// <summary>A job that comes to this step: to the review where the sending ends without a report, to the judge where its outcome stays unknown.</summary>
    private static JobContext InNeedOf(string step)
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.ReviewIntent), () => context.Sent(SendReportKind.Uncertain));
        context.On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Applied);
        if (step == nameof(EditSteps.ReviewIntent))
        {
            context.On(nameof(EditSteps.SendInstruction), Defect);
        }

        if (step == nameof(EditSteps.JudgeResend))
        {
            context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.Uncertain));

            // The edit shows after the judge has been asked, as one does that took its time.
            context.On(nameof(EditSteps.ReadState), () => context.CallsOf(nameof(EditSteps.JudgeResend)) > 0 ? JobContext.Changed : JobContext.Unchanged);
            context.On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Applied);
        }

        return context;
    }

    private static void TellsOfTheExport(JobError error)
    {
        Assert.Contains("""POST https://example.com/api/jobs/job_1/messages with {"text":"export"}""", error.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("submit", error.Remedy, StringComparison.OrdinalIgnoreCase);
        Assert.False(error.Retryable);
    }

    private static JobError Error(string code) => JobError.Of(code, $"It failed by {code}.");
}
