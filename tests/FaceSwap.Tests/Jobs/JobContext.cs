using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Functions.Jobs.Run;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Tests.Edge;
using FaceSwap.Webhooks;

namespace FaceSwap.Tests.Jobs;

/// <summary>Runs one job; unless a test says otherwise, everything goes well.</summary>
internal sealed class JobContext : ScriptedContext
{
    private const string Before = "before";
    private static readonly StagedMedia Media = new("jobs/job_1/video.mp4", "video.mp4", "video/mp4", 1, "00");
    private static readonly JobEdit Edit = new("Timeline", ["changed"]);
    private readonly List<WebhookTarget> _webhooks = [];

    public JobContext()
    {
        On(nameof(MediaSteps.StageMedia), () => Media);
        On(nameof(EditSteps.Connect), () => new NemoSession("task_1", "1"));
        On(nameof(MediaSteps.UploadMedia), () => UploadVerdict.Complete);
        On(nameof(EditSteps.SendInstruction), () => Sent(SendReportKind.Replied));
        On(nameof(EditSteps.ReviewIntent), () => Sent(SendReportKind.DidNotRun, JobError.Of(ErrorCodes.NotSent, "It was not sent.")));
        On(nameof(EditSteps.ReadState), () => Changed);
        On(nameof(RenderSteps.SubmitRender), () => new RenderTicket([]));
        On(nameof(RenderSteps.PollRender), () => new RenderReading(RenderStatus.Completed, 100, "https://example.com/out.mp4"));
        On(nameof(RenderSteps.StoreResult), () => Media);
        On(nameof(RenderSteps.CancelRender), () => true);
        On(nameof(EndSteps.RecordJob), () => null);
        On(nameof(EventSteps.StartWebhooks), () => null);
        On(nameof(MediaSteps.DiscardMedia), () => null);
    }

    /// <summary>The session holds the edit, settled.</summary>
    public static StateReading Changed => new("after", true, Edit);

    /// <summary>The session is as it was before the message.</summary>
    public static StateReading Unchanged => new(Before, false, null);

    /// <summary>The report of a message that was sent, or may have been.</summary>
    public SendReport Sent(SendReportKind kind, JobError? error = null) => new(kind, Before, CurrentUtcDateTime, Error: error);

    /// <summary>Scripts a step, whatever it is given.</summary>
    public JobContext On(string step, Func<object?> outcome)
    {
        Script(step, _ => outcome());
        return this;
    }

    /// <summary>What a step does as it is scripted now.</summary>
    public Func<object?> Scripted(string step)
    {
        var scripted = ScriptOf(step);
        return () => scripted(null);
    }

    /// <summary>From its first call on, a step fails for so long; then it goes on as scripted.</summary>
    public JobContext AwayFor(string step, TimeSpan outage, Func<object?> meanwhile)
    {
        Interrupt(step, outage, meanwhile);
        return this;
    }

    /// <summary>Has somebody hear of the job.</summary>
    /// <param name="events">Of what; none: of all but its progress.</param>
    public void Tell(params string[] events) => _webhooks.Add(new WebhookTarget("default", $"whe_{_webhooks.Count + 1}", null, events.Length == 0 ? null : events));

    /// <summary>Runs a job that swaps a face, or one that only renders what an earlier job paid for.</summary>
    /// <param name="exportOnly">Whether it only renders.</param>
    /// <param name="deadline">How long it may take; null: the app's.</param>
    /// <param name="onUnknownOutcome">What it does in doubt.</param>
    /// <param name="continues">Whether it goes on in the session of an earlier job, as one that only renders does.</param>
    /// <param name="change">What is other in its policy.</param>
    public Task<JobOutcome> RunAsync(
        bool exportOnly = false, TimeSpan? deadline = null, UnknownOutcome onUnknownOutcome = UnknownOutcome.Stop, bool continues = false, Action<JobOptions>? change = null)
    {
        var options = new JobOptions();
        options.Deadline = deadline ?? options.Deadline;
        change?.Invoke(options);
        continues |= exportOnly;
        var source = new MediaSource(null, Media);
        var job = new JobInput(
            InstanceId, "default", Start, "https://example.com/api", continues ? null : source, continues ? null : source,
            continues ? new JobContinuation("job_0", "task_1", "1") : null, exportOnly ? null : "swap", "en", null, JobPolicy.From(options), onUnknownOutcome);
        return FaceSwapJob.RunAsync(this, new FaceSwapJobInput(job, _webhooks));
    }
}
