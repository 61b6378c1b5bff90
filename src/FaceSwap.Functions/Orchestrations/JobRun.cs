using FaceSwap.Errors;
using FaceSwap.Jobs;
using Microsoft.DurableTask;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>One run of a job's recipe: its clock and deadline, its stages, and how its steps are called.</summary>
internal sealed class JobRun(TaskOrchestrationContext context, JobInput job)
{
    private readonly List<StageEntry> _timeline = [new(JobStage.Queued, job.SubmittedAt)];
    private readonly DateTime _deadline = job.SubmittedAt.UtcDateTime + job.Policy.Deadline;

    // For what no step foresees, such as storage that is away for a moment: the platform's own retry.
    private readonly TaskOptions _unforeseen = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: job.Policy.StepAttempts, firstRetryInterval: job.Policy.StepRetryDelay, backoffCoefficient: 2));

    // The end of a job must not be lost to a longer outage: for about eight hours.
    private readonly TaskOptions _persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 100, firstRetryInterval: job.Policy.StepRetryDelay, backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    private int _percent;

    public JobInput Job => job;

    public JobPolicy Policy => job.Policy;

    public IReadOnlyList<StageEntry> Timeline => _timeline;

    /// <summary>The job as everybody who asks sees it now.</summary>
    public JobStatus Status { get; private set; } = new(JobStage.Queued, 0, []);

    /// <summary>Enters a stage; the percentage never goes back, even when a stage is entered again.</summary>
    public void Enter(JobStage stage) => Show(stage, null);

    /// <summary>Ends the job: from here on everybody who asks sees its outcome.</summary>
    public void End(JobOutcome outcome) => Show(outcome.Stage, outcome);

    /// <summary>Calls a step that costs nothing, again after a wait where its failure is of the passing kind.</summary>
    /// <exception cref="StepFailedException">The step failed for good, or the deadline passed.</exception>
    public async Task<T> CallAsync<T>(string activity, object input)
    {
        for (var attempt = 1; ; attempt++)
        {
            ThrowAfterDeadline();
            var result = await context.CallActivityAsync<StepResult<T>>(activity, input, _unforeseen);
            if (result.Error is not { } error)
            {
                return result.Value!;
            }

            if (!error.Retryable || attempt == Policy.StepAttempts)
            {
                throw new StepFailedException(error);
            }

            await WaitAsync(error.RetryAfter ?? Policy.StepRetryDelay * (1 << (attempt - 1)));
        }
    }

    /// <summary>Calls a step once and without any retry: the step that pays.</summary>
    public Task<StepResult<T>> CallOnceAsync<T>(string activity, object input)
    {
        ThrowAfterDeadline();
        return context.CallActivityAsync<StepResult<T>>(activity, input);
    }

    /// <summary>Calls a step that belongs to the end of the job: it has no deadline, and is tried for hours.</summary>
    public Task CallAtEndAsync(string activity, object input) => context.CallActivityAsync(activity, input, _persistent);

    /// <summary>Waits on a durable timer, at most until the deadline.</summary>
    public async Task WaitAsync(TimeSpan wait)
    {
        var until = context.CurrentUtcDateTime + wait;
        if (wait > TimeSpan.Zero)
        {
            await context.CreateTimer(until < _deadline ? until : _deadline, CancellationToken.None);
        }

        ThrowAfterDeadline();
    }

    public Task WaitUntilAsync(DateTimeOffset moment) => WaitAsync(moment.UtcDateTime - context.CurrentUtcDateTime);

    private void Show(JobStage stage, JobOutcome? outcome)
    {
        if (_timeline[^1].Stage != stage)
        {
            _timeline.Add(new StageEntry(stage, context.CurrentUtcDateTime));
        }

        _percent = Math.Max(_percent, stage.PercentAtStart());
        Status = new JobStatus(stage, _percent, [.. _timeline], outcome);
        context.SetCustomStatus(Status);
    }

    private void ThrowAfterDeadline()
    {
        if (context.CurrentUtcDateTime >= _deadline)
        {
            throw new StepFailedException(JobError.Of(ErrorCodes.DeadlineExceeded, $"The job did not end within {Policy.Deadline.TotalMinutes:N0} minutes."));
        }
    }
}
