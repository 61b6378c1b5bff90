using System.Text.Json;
using FaceSwap.Errors;
using FaceSwap.Functions.Activities;
using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.Webhooks;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.Tests.Orchestrations;

/// <summary>
/// Runs one job with scripted steps and a clock of its own, which only timers move: an hour passes in no time. Unless a test
/// says otherwise, everything goes well.
/// </summary>
internal sealed class JobContext : TaskOrchestrationContext
{
    public static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private const string Before = "before";
    private static readonly StagedMedia Media = new("jobs/job_1/video.mp4", "video.mp4", "video/mp4", 1, "00");
    private static readonly JobEdit Edit = new("Timeline", ["changed"]);
    private readonly Dictionary<string, Func<object?>> steps = [];
    private readonly List<WebhookTarget> webhooks = [];
    private DateTime now = Start;
    private TimeSpan early;

    public JobContext()
    {
        On(nameof(StageMedia), () => Media);
        On(nameof(Connect), () => new NemoSession("task_1", "1"));
        On(nameof(UploadMedia), () => UploadVerdict.Complete);
        On(nameof(SendInstruction), () => Sent(SendReportKind.Answered));
        On(nameof(ReviewIntent), () => Sent(SendReportKind.DidNotRun, JobError.Of(ErrorCodes.NotSent, "It was not sent.")));
        On(nameof(ReadState), () => Changed);
        On(nameof(SubmitRender), () => new RenderTicket([]));
        On(nameof(PollRender), () => new RenderReading(RenderStatus.Completed, 100, "https://example.com/out.mp4"));
        On(nameof(StoreResult), () => Media);
        On(nameof(CancelRender), () => true);
        On(nameof(RecordJob), () => null);
        On(nameof(StartWebhooks), () => null);
        On(nameof(DiscardMedia), () => null);
    }

    /// <summary>The session holds the edit, settled.</summary>
    public static StateReading Changed => new("after", true, Edit);

    /// <summary>The session is as it was before the message.</summary>
    public static StateReading Unchanged => new(Before, false, null);

    /// <summary>Every custom status that was set, as the platform serialises it.</summary>
    public List<string> Statuses { get; } = [];

    /// <summary>Every call of a step: its name, when, and what it was given.</summary>
    public List<(string Step, DateTime At, object? Input)> Calls { get; } = [];

    public override TaskName Name => nameof(FaceSwapJob);

    public override string InstanceId => "job_1";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => now;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>The report of a message that was sent, or may have been.</summary>
    public SendReport Sent(SendReportKind kind, JobError? error = null) => new(kind, Before, now, Error: error);

    /// <summary>Scripts a step: it gives its value, or a <see cref="JobError"/>, or throws.</summary>
    public JobContext On(string step, Func<object?> outcome)
    {
        steps[step] = outcome;
        return this;
    }

    /// <summary>From its first call on, a step fails for so long; then it goes on as scripted.</summary>
    public JobContext AwayFor(string step, TimeSpan outage, Func<object?> meanwhile)
    {
        var scripted = steps[step];
        DateTime? since = null;
        return On(step, () => now < (since ??= now) + outage ? meanwhile() : scripted());
    }

    /// <summary>Has every timer fire a moment early, as those of Azure's engine do.</summary>
    public void FireEarlyBy(TimeSpan moment) => early = moment;

    /// <summary>Has somebody hear of the job.</summary>
    public void Tell() => webhooks.Add(new WebhookTarget("default", "whe_1", null, null));

    /// <summary>Runs a job that swaps a face, or one that only renders what an earlier job paid for.</summary>
    public Task<JobOutcome> RunAsync(bool exportOnly = false, TimeSpan? deadline = null, UnknownOutcome onUnknownOutcome = UnknownOutcome.Stop)
    {
        var options = new JobOptions();
        options.Deadline = deadline ?? options.Deadline;
        var source = new MediaSource(null, Media);
        return FaceSwapJob.RunAsync(this, new JobInput(
            InstanceId, "default", Start, "https://example.com/api", exportOnly ? null : source, exportOnly ? null : source,
            exportOnly ? new JobContinuation("job_0", "task_1", "1") : null, exportOnly ? null : "swap", "en", webhooks, null, JobPolicy.From(options), onUnknownOutcome));
    }

    public int CallsOf(string step) => Calls.Count(call => call.Step == step);

    /// <summary>What the steps that take this were given, in the order of their calls.</summary>
    public IReadOnlyList<T> InputsOf<T>() => [.. Calls.Select(call => call.Input).OfType<T>()];

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var policy = options?.Retry?.Policy;
        var wait = policy?.FirstRetryInterval ?? TimeSpan.Zero;
        var until = policy is null || policy.RetryTimeout <= TimeSpan.Zero ? DateTime.MaxValue : now + policy.RetryTimeout;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Calls.Add((name.Name, now, input));
                return ResultOf<TResult>(steps[name.Name]());
            }
            catch (InvalidOperationException failure)
            {
                if (attempt >= (policy?.MaxNumberOfAttempts ?? 1) || now >= until)
                {
                    throw new TaskFailedException(name, attempt, failure);
                }

                await CreateTimer(now + wait, CancellationToken.None);
                wait = TimeSpan.FromTicks(Math.Min((wait * policy!.BackoffCoefficient).Ticks, policy.MaxRetryInterval > TimeSpan.Zero ? policy.MaxRetryInterval.Ticks : long.MaxValue));
            }
        }
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var fires = fireAt - early;
        now = fires > now ? fires : now;
        return Task.CompletedTask;
    }

    public override void SetCustomStatus(object? customStatus) => Statuses.Add(JsonSerializer.Serialize(customStatus));

    public override Guid NewGuid() => throw new NotSupportedException();

    public override T GetInput<T>() => throw new NotSupportedException();

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        throw new NotSupportedException();

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    // A step's result is a StepResult of its value or of its failure; a call without a result takes nothing.
    private static TResult ResultOf<TResult>(object? outcome) => typeof(TResult).IsGenericType
        ? (TResult)Activator.CreateInstance(typeof(TResult), outcome is JobError ? null : outcome, outcome as JobError)!
        : default!;
}
