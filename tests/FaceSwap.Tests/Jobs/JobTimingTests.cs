using FaceSwap.Errors;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Renders;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>When a job does what, to the second, with the waits that the app has by default.</summary>
public sealed class JobTimingTests
{
    private static readonly StateReading Unsettled = new("changing", true, null);

    [Fact]
    public async Task Reads_AfterAnAnswer_BeginAtOnce_AndSettleFifteenSecondsApart()
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.ReadState), () => context.CallsOf(nameof(EditSteps.ReadState)) < 3 ? Unsettled : JobContext.Changed);

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);

        Assert.Equal([0, 15, 30], SecondsOf(context, nameof(EditSteps.ReadState)));
    }

    [Fact]
    public async Task Reads_AfterAnAnswerWithoutAChange_GrowApart_AndASecondMessageWaitsAQuarterOfAnHour()
    {
        var context = Unchanging(SendReportKind.Replied);

        Assert.Equal(ErrorCodes.EditNotApplied, (await context.RunAsync()).Error?.Code);

        Assert.Equal([0, 30, 90, 150, 210, 900, 930, 990, 1050, 1110], SecondsOf(context, nameof(EditSteps.ReadState)));
        Assert.Equal([900, 1800], SecondsOf(context, nameof(EditSteps.JudgeResend)));
        Assert.Equal([0, 900], SecondsOf(context, nameof(EditSteps.SendInstruction)));
    }

    [Fact]
    public async Task Reads_AfterABrokenStream_BeginHalfAMinuteLater()
    {
        var context = Unchanging(SendReportKind.Uncertain);

        await context.RunAsync();

        Assert.Equal([30, 90, 150, 210, 270], SecondsOf(context, nameof(EditSteps.ReadState))[..5]);
    }

    [Fact]
    public async Task Read_AfterOneThatFoundAChange_CountsItsUnchangedOnesOn()
    {
        // Four unchanged, a change that goes away again, and a fifth: the change restarts nothing.
        var context = Unchanging(SendReportKind.Replied);
        context.On(nameof(EditSteps.ReadState), () => context.CallsOf(nameof(EditSteps.ReadState)) == 5 ? Unsettled : JobContext.Unchanged);

        await context.RunAsync();

        Assert.Equal([0, 30, 90, 150, 210, 225], SecondsOf(context, nameof(EditSteps.ReadState))[..6]);
        Assert.Equal(900, SecondsOf(context, nameof(EditSteps.JudgeResend))[0]);
    }

    [Fact]
    public async Task Edit_ThatNeverSettles_IsGivenUpInDoubtAfterSixtyReads()
    {
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => Unsettled);

        var outcome = await context.RunAsync();

        Assert.Equal(
            (ErrorCodes.AmbiguousOutcome, "The session changed, but it never settled into something that can be exported."),
            (outcome.Error?.Code, outcome.Error?.Detail));
        Assert.Equal(60, context.CallsOf(nameof(EditSteps.ReadState)));
    }

    [Fact]
    public async Task Render_ThatNeverEnds_IsPolledThirtyTimes_AndCancelled()
    {
        var context = new JobContext().On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Processing, null, null));

        var outcome = await context.RunAsync();

        Assert.Equal((ErrorCodes.RenderTimedOut, "The render was not finished after 30 polls."), (outcome.Error?.Code, outcome.Error?.Detail));
        Assert.Equal((30, 1, 1), (context.CallsOf(nameof(RenderSteps.PollRender)), context.CallsOf(nameof(RenderSteps.SubmitRender)), context.CallsOf(nameof(RenderSteps.CancelRender))));
    }

    [Fact]
    public async Task Render_ThatFails_IsMadeOnceMoreUnderAnotherId_AndNotCancelled()
    {
        var context = new JobContext();
        context.On(nameof(RenderSteps.PollRender), () => new RenderReading(context.CallsOf(nameof(RenderSteps.SubmitRender)) == 1 ? RenderStatus.Failed : RenderStatus.Completed, null, null));

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);

        Assert.Equal(["render_job_1_1", "render_job_1_2"], context.InputsOf<SubmitRenderInput>().Select(input => input.RenderId));
        Assert.Equal(0, context.CallsOf(nameof(RenderSteps.CancelRender)));
    }

    [Fact]
    public async Task Render_WhoseBackendSaysHowLongItTook_CountsSo_AndElseTheMiddleOfTheLastWait()
    {
        var told = new JobContext().On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Completed, 100, null, TimeSpan.FromSeconds(33)));
        var untold = new JobContext().On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Completed, 100, null));

        await told.RunAsync();
        await untold.RunAsync();

        Assert.Equal(TimeSpan.FromSeconds(33), told.InputsOf<StoreResultInput>().Single().Render.Duration);
        Assert.Equal(SecondsOf(untold, nameof(RenderSteps.PollRender))[0] / 2.0, untold.InputsOf<StoreResultInput>().Single().Render.Duration.TotalSeconds, precision: 3);
    }

    [Fact]
    public async Task Steps_ThatFailBeforeTheMessage_AreTriedFiveTimes_EachWaitTwiceTheLast()
    {
        var context = new JobContext().On(nameof(EditSteps.Connect), () => JobError.Of(ErrorCodes.BackendUnavailable, "away"));

        await context.RunAsync();

        Assert.Equal([0, 5, 15, 35, 75], SecondsOf(context, nameof(EditSteps.Connect)));
    }

    [Fact]
    public async Task Steps_ThatFailWithAWait_WaitAsLongAsTheyWereAsked()
    {
        var context = new JobContext();
        context.AwayFor(nameof(EditSteps.Connect), TimeSpan.FromSeconds(1), () => JobError.Of(ErrorCodes.RateLimited, "busy") with { RetryAfter = TimeSpan.FromSeconds(42) });

        await context.RunAsync();

        Assert.Equal([0, 42], SecondsOf(context, nameof(EditSteps.Connect)));
    }

    [Fact]
    public async Task Steps_AfterTheMessage_AreTriedAtMostAMinuteApart()
    {
        var context = new JobContext();
        context.AwayFor(nameof(EditSteps.ReadState), TimeSpan.FromMinutes(5), () => JobError.Of(ErrorCodes.BackendUnavailable, "away"));

        await context.RunAsync();

        Assert.Equal([0, 5, 15, 35, 75, 135, 195, 255, 315], SecondsOf(context, nameof(EditSteps.ReadState)));
    }

    [Fact]
    public async Task Storing_IsTriedAtMostFiveMinutesApart()
    {
        var context = new JobContext();
        context.AwayFor(nameof(RenderSteps.StoreResult), TimeSpan.FromMinutes(30), () => JobError.Of(ErrorCodes.StorageUnavailable, "away"));

        await context.RunAsync();

        var waits = SecondsOf(context, nameof(RenderSteps.StoreResult));
        Assert.Equal([5, 10, 20, 40, 80, 160, 300, 300, 300, 300, 300], waits.Skip(1).Zip(waits, (next, last) => next - last));
    }

    [Fact]
    public async Task Session_LostBeforeTheMessageRan_IsReplacedAtOnce()
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.SendInstruction), () => context.CallsOf(nameof(EditSteps.SendInstruction)) == 1
            ? context.Sent(SendReportKind.DidNotRun, JobError.Of(ErrorCodes.SessionLost, "gone"))
            : context.Sent(SendReportKind.Replied));

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);

        Assert.Equal((2, 2), (context.CallsOf(nameof(EditSteps.Connect)), context.CallsOf(nameof(MediaSteps.UploadMedia))));
        Assert.Equal([1, 2], context.InputsOf<SendInstructionInput>().Select(input => input.Attempt));
        Assert.Equal([0, 0], SecondsOf(context, nameof(EditSteps.SendInstruction)));
    }

    [Fact]
    public async Task Message_ThatKeepsLosingItsSession_IsGivenUpAfterFive()
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.DidNotRun, JobError.Of(ErrorCodes.SessionLost, "gone")));

        Assert.Equal(ErrorCodes.SessionLost, (await context.RunAsync()).Error?.Code);

        Assert.Equal(5, context.CallsOf(nameof(EditSteps.SendInstruction)));
    }

    [Fact]
    public async Task Upload_InDoubt_TakesAnotherSession_FiveAtMost()
    {
        var context = new JobContext().On(nameof(MediaSteps.UploadMedia), () => UploadVerdict.InDoubt);

        var outcome = await context.RunAsync();

        Assert.Equal(
            (ErrorCodes.BackendUnavailable, "The media could not be uploaded without doubt in five sessions."), (outcome.Error?.Code, outcome.Error?.Detail));
        Assert.Equal([0, 5, 10, 15, 20], SecondsOf(context, nameof(EditSteps.Connect)));
    }

    [Fact]
    public async Task Reply_OfAnEditThatDidNothing_IsQuotedInPart()
    {
        var context = Unchanging(SendReportKind.Replied);
        context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.Replied) with { Reply = new string('a', 301) });

        Assert.Equal(
            $"Two messages left the session unchanged, and nothing was charged. The backend said: {new string('a', 300)}…",
            (await context.RunAsync()).Error?.Detail);
    }

    [Fact]
    public async Task Stages_AreShownInTheirOrder_AndTheRecordHoldsThem()
    {
        var context = new JobContext();

        await context.RunAsync();

        JobStage[] expected =
        [
            JobStage.Queued, JobStage.Staging, JobStage.Connecting, JobStage.Uploading, JobStage.Swapping, JobStage.Verifying, JobStage.Rendering,
            JobStage.Storing, JobStage.Completed,
        ];
        Assert.Equal(expected, context.InputsOf<RecordJobInput>().Single().Timeline.Select(entry => entry.Stage));
        Assert.Equal(expected.Length - 1, context.Statuses.Count);
    }

    private static JobContext Unchanging(SendReportKind kind)
    {
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Allowed);
        return context.On(nameof(EditSteps.SendInstruction), () => context.Sent(kind));
    }

    /// <summary>The moments of a step's calls, counted from the first call of another, or else of its own.</summary>
    private static int[] SecondsOf(JobContext context, string step)
    {
        var since = step switch
        {
            nameof(EditSteps.ReadState) or nameof(EditSteps.JudgeResend) => nameof(EditSteps.SendInstruction),
            nameof(RenderSteps.PollRender) => nameof(RenderSteps.SubmitRender),
            _ => step,
        };
        var origin = context.Calls.First(call => call.Step == since).At;
        return [.. context.Calls.Where(call => call.Step == step).Select(call => (int)(call.At - origin).TotalSeconds)];
    }
}
