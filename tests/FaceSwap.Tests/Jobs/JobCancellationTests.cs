using FaceSwap.Errors;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Renders;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>A job that its caller cancels, in every stage and every wait: how it ends, what it still does, and what it says of money.</summary>
public sealed class JobCancellationTests
{
    private static readonly Func<object?> Unavailable = () => JobError.Of(ErrorCodes.BackendUnavailable, "It is away.");
    private static readonly Func<object?> Defect = () => throw new InvalidOperationException("A worker died.");

    [Theory]
    [InlineData(nameof(MediaSteps.StageMedia))]
    [InlineData(nameof(EditSteps.Connect))]
    [InlineData(nameof(MediaSteps.UploadMedia))]
    public async Task Cancel_BeforeTheMessage_PaysNothing(string during)
    {
        var context = During(during);

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Cancelled, ErrorCodes.Cancelled), (outcome.Stage, outcome.Error?.Code));
        Assert.Contains("Nothing was charged", outcome.Error!.Remedy, StringComparison.Ordinal);
        Assert.Equal(0, context.CallsOf(nameof(EditSteps.SendInstruction)));
        Ended(context);
    }

    [Fact]
    public async Task Cancel_OfMediaThatAreStillFetched_LeavesNoneOfThem()
    {
        var context = new JobContext().On(nameof(MediaSteps.StageMedia), () => JobError.Of(ErrorCodes.Cancelled, "The caller cancelled the job."));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Cancelled, ErrorCodes.Cancelled), (outcome.Stage, outcome.Error?.Code));
        Assert.Equal(1, context.CallsOf(nameof(MediaSteps.DiscardMedia)));
        Ended(context);
    }

    [Fact]
    public async Task Cancel_InAWaitBetweenTwoTries_EndsItAtOnce()
    {
        foreach (var failure in new[] { Unavailable, Defect })
        {
            var context = new JobContext();
            context.On(nameof(EditSteps.Connect), failure).RaiseIn(TimeSpan.FromSeconds(2));

            var outcome = await context.RunAsync();

            Assert.Equal(JobStage.Cancelled, outcome.Stage);
            Assert.Equal(TimeSpan.FromSeconds(2), context.CurrentUtcDateTime - JobContext.Start);
            Ended(context);
        }
    }

    [Theory]
    [InlineData(SendReportKind.Replied)]
    [InlineData(SendReportKind.Uncertain)]
    public async Task Cancel_WithinTheMessage_LooksOnceAndSaysThatItMayBeCharged(SendReportKind kind)
    {
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged);
        During(context, nameof(EditSteps.SendInstruction), () => context.Sent(kind));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Cancelled, ErrorCodes.AmbiguousOutcome), (outcome.Stage, outcome.Error?.Code));
        Assert.Contains("may have been charged", outcome.Error!.Remedy, StringComparison.Ordinal);
        Assert.Contains(ErrorCodes.Cancelled, outcome.Error.Detail, StringComparison.Ordinal);
        Assert.Equal((1, 0), (context.CallsOf(nameof(EditSteps.ReadState)), context.CallsOf(nameof(EditSteps.JudgeResend))));
        Ended(context);
    }

    [Fact]
    public async Task Cancel_ThatFindsTheEditInTheSession_SaysThatItIsPaidAndKept()
    {
        var context = new JobContext();
        During(context, nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.Uncertain));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Cancelled, ErrorCodes.Cancelled), (outcome.Stage, outcome.Error?.Code));
        Assert.Contains("""{"text":"export"}""", outcome.Error!.Remedy, StringComparison.Ordinal);
        Assert.NotNull(outcome.Edit);
        Assert.Equal(0, context.CallsOf(nameof(RenderSteps.SubmitRender)));
        Ended(context);
    }

    [Fact]
    public async Task Cancel_ThatTheSendingStepHeeds_ReviewsTheIntentBeforeItSpeaksOfMoney()
    {
        foreach (var kind in new[] { SendReportKind.DidNotRun, SendReportKind.Uncertain })
        {
            var context = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged)
                .On(nameof(EditSteps.SendInstruction), () => JobError.Of(ErrorCodes.Cancelled, "The caller cancelled the job."));
            context.On(nameof(EditSteps.ReviewIntent), () => context.Sent(kind, kind == SendReportKind.DidNotRun ? JobError.Of(ErrorCodes.NotSent, "It was not sent.") : null));

            var outcome = await context.RunAsync();

            var code = kind == SendReportKind.DidNotRun ? ErrorCodes.Cancelled : ErrorCodes.AmbiguousOutcome;
            Assert.Equal((JobStage.Cancelled, code), (outcome.Stage, outcome.Error?.Code));
            Assert.Equal(1, context.CallsOf(nameof(EditSteps.ReviewIntent)));
            Ended(context);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(400)]
    public async Task Cancel_WhileTheEditIsLookedFor_LooksOnceMore_AndNeverSendsAgain(int seconds)
    {
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Allowed);
        context.RaiseIn(TimeSpan.FromSeconds(seconds));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Cancelled, ErrorCodes.AmbiguousOutcome), (outcome.Stage, outcome.Error?.Code));
        Assert.Equal(JobContext.Start.AddSeconds(seconds), context.Calls.Last(call => call.Step == nameof(EditSteps.ReadState)).At);
        Assert.Equal((1, 0), (context.CallsOf(nameof(EditSteps.SendInstruction)), context.CallsOf(nameof(EditSteps.JudgeResend))));
        Ended(context);
    }

    [Fact]
    public async Task Cancel_WhileRendering_CancelsTheRender_AndSaysHowToHaveItAfterAll()
    {
        var context = new JobContext().On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Processing, 10, null));
        context.RaiseIn(TimeSpan.FromSeconds(70));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Cancelled, ErrorCodes.Cancelled), (outcome.Stage, outcome.Error?.Code));
        Assert.Contains("""{"text":"export"}""", outcome.Error!.Remedy, StringComparison.Ordinal);
        Assert.Equal(JobContext.Start.AddSeconds(70), context.Calls.Last(call => call.Step == nameof(RenderSteps.PollRender)).At);
        Assert.Equal(1, context.CallsOf(nameof(RenderSteps.CancelRender)));
        Ended(context);
    }

    [Fact]
    public async Task Cancel_OfWhatHasBeenRendered_KeepsIt()
    {
        foreach (var step in new[] { nameof(RenderSteps.PollRender), nameof(RenderSteps.StoreResult) })
        {
            var outcome = await During(step).RunAsync();

            Assert.Equal((JobStage.Completed, null), (outcome.Stage, outcome.Error));
            Assert.NotNull(outcome.Result);
        }
    }

    [Fact]
    public async Task Cancel_OfAJobThatFailsAtTheSameMoment_DoesNotHideTheFailure()
    {
        var context = new JobContext();
        During(context, nameof(EditSteps.Connect), () => JobError.Of(ErrorCodes.TokenRejected, "Wrong."));

        var outcome = await context.RunAsync();

        Assert.Equal((JobStage.Failed, ErrorCodes.TokenRejected), (outcome.Stage, outcome.Error?.Code));
    }

    [Fact]
    public async Task Cancel_IsRecordedAndTold()
    {
        var context = During(nameof(EditSteps.Connect));
        context.Tell();

        await context.RunAsync();

        Assert.Equal(JobStage.Cancelled, Assert.Single(context.InputsOf<RecordJobInput>()).Outcome.Stage);
        Assert.Equal("job.cancelled", context.InputsOf<StartWebhooksInput>()[^1].Type);
    }

    private static JobContext During(string step)
    {
        var context = new JobContext();
        var scripted = context.Scripted(step);
        During(context, step, scripted);
        return context;
    }

    private static void During(JobContext context, string step, Func<object?> outcome) => context.On(step, () =>
    {
        context.RaiseIn(TimeSpan.Zero);
        return outcome();
    });

    private static void Ended(JobContext context)
    {
        Assert.Equal(0, context.OpenTimers);
        Assert.Equal(1, context.CallsOf(nameof(EndSteps.RecordJob)));
    }
}
