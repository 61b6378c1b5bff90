using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.Tests.Edge;
using Xunit;

namespace FaceSwap.Tests.Jobs;

/// <summary>What a job shows and says on its way, to the word, and who hears of it.</summary>
public sealed class JobDetailTests
{
    [Fact]
    public async Task Stage_ThatComesFirst_IsWhatTheJobBeginsWith()
    {
        Assert.Equal(JobStage.Staging, await FirstAsync(exportOnly: false, continues: false));
        Assert.Equal(JobStage.Swapping, await FirstAsync(exportOnly: false, continues: true));
        Assert.Equal(JobStage.Rendering, await FirstAsync(exportOnly: true, continues: true));
    }

    [Fact]
    public async Task Percentage_OfAJobThatEntersAStageAgain_NeverGoesBack()
    {
        var context = new JobContext();
        var sends = 0;
        context.On(nameof(EditSteps.SendInstruction), () => ++sends == 1
            ? context.Sent(SendReportKind.DidNotRun, JobError.Of(ErrorCodes.SessionLost, "It is gone."))
            : context.Sent(SendReportKind.Replied));

        Assert.Equal(JobStage.Completed, (await context.RunAsync()).Stage);

        var percents = StatusesOf(context).Select(status => status.Percent).ToList();
        Assert.Contains(JobStage.Connecting, StatusesOf(context).SkipWhile(status => status.Stage != JobStage.Swapping).Select(status => status.Stage));
        Assert.Equal(percents.Order(), percents);
        Assert.Equal([JobStage.Connecting.PercentAtStart(), 100], new[] { StatusesOf(context).First(status => status.Stage == JobStage.Connecting).Percent, percents[^1] });
    }

    [Fact]
    public async Task Session_OfAnEarlierJobThatIsGone_IsNotReplaced()
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.DidNotRun, JobError.Of(ErrorCodes.SessionLost, "It is gone.")));

        var outcome = await context.RunAsync(continues: true);

        Assert.Equal((ErrorCodes.SessionLost, "The session of the job that this one continues is gone."), (outcome.Error?.Code, outcome.Error?.Detail));
        Assert.Equal((1, 0), (context.CallsOf(nameof(EditSteps.SendInstruction)), context.CallsOf(nameof(EditSteps.Connect))));
    }

    [Theory]
    [InlineData(ErrorCodes.SessionLost, 2)]
    [InlineData(ErrorCodes.BackendRefused, 1)]
    public async Task Sending_ThatFailedForGood_GoesOnOnlyWhereAnotherSessionMends(string code, int sends)
    {
        var context = new JobContext();
        context.On(nameof(EditSteps.SendInstruction), () => context.CallsOf(nameof(EditSteps.SendInstruction)) == 1
            ? JobError.Of(code, "No.") with { Retryable = false }
            : context.Sent(SendReportKind.Replied));

        var outcome = await context.RunAsync();

        Assert.Equal(sends == 2 ? JobStage.Completed : JobStage.Failed, outcome.Stage);
        Assert.Equal((sends, sends), (context.CallsOf(nameof(EditSteps.SendInstruction)), context.CallsOf(nameof(EditSteps.Connect))));
        Assert.Equal(sends == 2 ? null : code, outcome.Error?.Code);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(null, 5)]
    public async Task Message_ThatWasRefusedForNow_IsSentAgainWhenTheBackendSays(int? asked, int seconds)
    {
        var context = new JobContext();
        var busy = JobError.Of(ErrorCodes.RateLimited, "Busy.") with { RetryAfter = asked is { } wait ? TimeSpan.FromSeconds(wait) : null };
        context.On(nameof(EditSteps.SendInstruction), () => context.CallsOf(nameof(EditSteps.SendInstruction)) == 1 ? context.Sent(SendReportKind.DidNotRun, busy) : context.Sent(SendReportKind.Replied));

        await context.RunAsync();

        var sends = context.Calls.Where(call => call.Step == nameof(EditSteps.SendInstruction)).Select(call => call.At).ToList();
        Assert.Equal(TimeSpan.FromSeconds(seconds), sends[1] - sends[0]);
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public async Task Reply_OfAnEditThatWasNotMade_IsQuotedUpToThreeHundredCharacters(int length, bool isCut)
    {
        var said = new string('a', length);
        var context = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Allowed);
        context.On(nameof(EditSteps.SendInstruction), () => context.Sent(SendReportKind.Replied) with { Reply = said });

        var outcome = await context.RunAsync();

        var quote = isCut ? $"{said[..300]}…" : said;
        Assert.Equal($"Two messages left the session unchanged, and nothing was charged. The backend said: {quote}", outcome.Error?.Detail);
    }

    [Fact]
    public async Task Details_AreSaidInWords()
    {
        Task<string?> DetailAsync(JobContext context, bool exportOnly = false) => OfAsync(context.RunAsync(exportOnly));
        static async Task<string?> OfAsync(Task<JobOutcome> run) => (await run).Error?.Detail;
        var silent = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Allowed);
        var unknown = new JobContext().On(nameof(EditSteps.ReadState), () => JobContext.Unchanged).On(nameof(EditSteps.JudgeResend), () => ResendVerdict.Ambiguous);
        var late = new JobContext().AwayFor(nameof(RenderSteps.PollRender), TimeSpan.FromHours(2), () => JobError.Of(ErrorCodes.BackendUnavailable, "Away."));
        var cancelled = new JobContext();
        cancelled.RaiseIn(TimeSpan.Zero);

        Assert.Equal("Two messages left the session unchanged, and nothing was charged.", await DetailAsync(silent));
        Assert.Equal("The edit did not appear in the session, but it may have been charged.", await DetailAsync(unknown));
        Assert.Equal("The job did not end within 60 minutes.", await DetailAsync(late));
        Assert.Equal("The caller cancelled the job.", await DetailAsync(cancelled));
        Assert.Equal(
            "The backend reported the render as failed twice.",
            await DetailAsync(new JobContext().On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Failed, null, null))));
    }

    [Fact]
    public async Task Failure_OfAJobThatOnlyRenders_SaysThatRenderingCostsNothing()
    {
        var outcome = await new JobContext().On(nameof(EditSteps.ReadState), () => JobError.Of(ErrorCodes.BackendRefused, "No.")).RunAsync(exportOnly: true);

        Assert.Equal(ErrorCodes.BackendRefused, outcome.Error?.Code);
        Assert.Contains("Rendering costs nothing", outcome.Error!.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ErrorCodes.ResultUnavailable, true, 100)]
    [InlineData(ErrorCodes.BackendRefused, false, 1)]
    public async Task Storing_ThatFails_IsTriedForHoursWhereThatCanHelp(string code, bool retryable, int tries)
    {
        var context = new JobContext().On(nameof(RenderSteps.StoreResult), () => JobError.Of(code, "No.") with { Retryable = retryable });

        Assert.Equal((JobStage.Failed, code), ((await context.RunAsync()) is var outcome ? outcome.Stage : default, outcome.Error?.Code));

        Assert.Equal(tries, context.CallsOf(nameof(RenderSteps.StoreResult)));
    }

    [Fact]
    public async Task Wait_OfARefusalThatAsksForMoreThanTheDeadline_EndsThere()
    {
        var context = new JobContext().On(nameof(EditSteps.Connect), () => JobError.Of(ErrorCodes.RateLimited, "Busy.") with { RetryAfter = TimeSpan.FromDays(7) });

        Assert.Equal(JobStage.Expired, (await context.RunAsync()).Stage);

        Assert.Equal(TimeSpan.FromMinutes(60), context.CurrentUtcDateTime - JobContext.Start);
        Assert.Equal(1, context.CallsOf(nameof(EditSteps.Connect)));
    }

    [Theory]
    [InlineData(new[] { "job.failed" }, new string[0])]
    [InlineData(new[] { "job.started" }, new[] { "job.started" })]
    [InlineData(new[] { "job.progress" }, new[] { "job.started" })]
    [InlineData(new[] { "job.completed" }, new[] { "job.completed" })]
    [InlineData(new[] { "job.started", "job.completed" }, new[] { "job.started", "job.completed" })]
    public async Task Webhooks_OfAJob_AreStartedWhereSomebodyHears(string[] events, string[] told)
    {
        foreach (var others in new[] { 0, 1 })
        {
            var context = new JobContext();
            context.Tell(events);
            for (var other = 0; other < others; other++)
            {
                context.Tell("batch.completed");
            }

            await context.RunAsync();

            Assert.Equal(told, context.InputsOf<StartWebhooksInput>().Select(input => input.Type));
        }
    }

    [Fact]
    public async Task Reports_GoOnFromTheLastOne()
    {
        var context = new ScriptedContext();
        var last = new ProgressReport(7, JobStage.Swapping, 40, "note", false);
        context.Script(nameof(EventSteps.ReportProgress), _ => last with { HasEnded = true });

        await JobProgressReports.RunAsync(context, new JobProgressReportsInput("job_1", [], TimeSpan.FromSeconds(5), last));

        Assert.Equal(last, Assert.Single(context.InputsOf<ReportProgressInput>()).Last);
    }

    private static IEnumerable<JobStatus> StatusesOf(JobContext context) => context.Statuses.Select(status => JsonSerializer.Deserialize<JobStatus>(status)!);

    private static async Task<JobStage> FirstAsync(bool exportOnly, bool continues)
    {
        var context = new JobContext();
        await context.RunAsync(exportOnly, continues: continues);
        return StatusesOf(context).First().Stage;
    }
}
