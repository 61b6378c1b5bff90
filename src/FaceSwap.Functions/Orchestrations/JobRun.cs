using FaceSwap.Errors;
using FaceSwap.Jobs;
using Microsoft.DurableTask;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>One run of a job's recipe: its clock and deadline, its stages, and how its steps are called.</summary>
internal sealed class JobRun(TaskOrchestrationContext context, JobInput job)
{
    private const int MostAttemptsAtEnd = 100;
    private static readonly TimeSpan LongestWaitAtEnd = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly List<StageEntry> _timeline = [new(JobStage.Queued, job.SubmittedAt)];
    private readonly DateTime _deadline = job.SubmittedAt.UtcDateTime + job.Policy.Deadline;

    // For what no step foresees, such as storage that is away for a moment: the platform's own retry.
    private readonly TaskOptions _unforeseen = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: job.Policy.StepAttempts, firstRetryInterval: job.Policy.StepRetryDelay, backoffCoefficient: 2));

    // The end of a job must not be lost to a longer outage: for about eight hours.
    private readonly TaskOptions _persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: MostAttemptsAtEnd, firstRetryInterval: job.Policy.StepRetryDelay, backoffCoefficient: 2, maxRetryInterval: LongestWaitAtEnd));

    private int _percent;

    public JobInput Job => job;

    public JobPolicy Policy => job.Policy;

    /// <summary>How far the money is; a job that only renders what was paid for before begins at the end.</summary>
    public EditPayment Payment { get; set; } = job.Instruction is null ? EditPayment.Proven : EditPayment.NotSent;

    public bool IsPastDeadline => context.CurrentUtcDateTime >= _deadline;

    public IReadOnlyList<StageEntry> Timeline => _timeline;

    /// <summary>The job as it stands now.</summary>
    public JobStatus Status { get; private set; } = new(JobStage.Queued, 0, []);

    /// <summary>Enters a stage, for everybody to see; the percentage never goes back, even when a stage is entered again.</summary>
    public void Enter(JobStage stage)
    {
        Advance(stage, null);
        context.SetCustomStatus(Status);
    }

    /// <summary>Ends the job; nobody sees it before <see cref="ShowEnd"/>.</summary>
    public void End(JobOutcome outcome) => Advance(outcome.Stage, outcome);

    /// <summary>From here on everybody who asks sees the outcome; what it holds of texts stands in the record.</summary>
    public void ShowEnd() => context.SetCustomStatus(Status.WithoutTexts());

    /// <summary>
    /// Calls a step that costs nothing, again after a wait where its failure is of the passing kind: as often as the policy
    /// says while no money is at stake, until the deadline once a message may have been sent.
    /// </summary>
    /// <exception cref="StepFailedException">The step failed for good, or the deadline passed.</exception>
    public async Task<T> CallAsync<T>(string activity, object input)
    {
        for (var attempt = 1; ; attempt++)
        {
            ThrowAfterDeadline();
            var result = await context.CallActivityAsync<StepResult<T>>(activity, input, Payment == EditPayment.NotSent ? _unforeseen : UntilDeadline());
            if (result.Error is not { } error)
            {
                return result.Value!;
            }

            if (!error.Retryable || (Payment == EditPayment.NotSent && attempt == Policy.StepAttempts))
            {
                throw new StepFailedException(error);
            }

            await WaitAsync(error.RetryAfter ?? Backoff(attempt, LongestWait));
        }
    }

    /// <summary>Calls a step that belongs to the end of the job, as <see cref="CallAtEndAsync(string, object)"/> does.</summary>
    /// <exception cref="StepFailedException">The step failed for good.</exception>
    public async Task<T> CallAtEndAsync<T>(string activity, object input)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await context.CallActivityAsync<StepResult<T>>(activity, input, _persistent);
            if (result.Error is not { } error)
            {
                return result.Value!;
            }

            if (!error.Retryable || attempt == MostAttemptsAtEnd)
            {
                throw new StepFailedException(error);
            }

            await context.CreateTimer(error.RetryAfter ?? Backoff(attempt, LongestWaitAtEnd), CancellationToken.None);
        }
    }

    /// <summary>Calls a step once, whatever the deadline; null when it fails.</summary>
    public async Task<T?> TryOnceAsync<T>(string activity, object input)
        where T : class
    {
        try
        {
            return (await context.CallActivityAsync<StepResult<T>>(activity, input)).Value;
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }

    /// <summary>Calls the step that pays: once, without any retry, and from here on the money may have been spent.</summary>
    /// <exception cref="StepFailedException">The deadline passed; nothing was sent.</exception>
    public Task<StepResult<T>> PayAsync<T>(string activity, object input)
    {
        ThrowAfterDeadline();
        Payment = EditPayment.Unproven;
        return context.CallActivityAsync<StepResult<T>>(activity, input);
    }

    /// <summary>Calls a step that belongs to the end of the job: it has no deadline, and is tried for hours.</summary>
    public Task CallAtEndAsync(string activity, object input) => context.CallActivityAsync(activity, input, _persistent);

    /// <summary>Waits on a durable timer, at most until the deadline.</summary>
    /// <exception cref="StepFailedException">The deadline passed.</exception>
    public async Task WaitAsync(TimeSpan wait)
    {
        await PauseAsync(wait);
        ThrowAfterDeadline();
    }

    /// <summary>Waits like <see cref="WaitAsync"/>, and leaves it to the caller what to do at the deadline.</summary>
    public async Task PauseAsync(TimeSpan wait)
    {
        var until = context.CurrentUtcDateTime + wait;
        if (wait > TimeSpan.Zero)
        {
            await context.CreateTimer(until < _deadline ? until : _deadline, CancellationToken.None);
        }
    }

    public Task WaitUntilAsync(DateTimeOffset moment) => WaitAsync(moment.UtcDateTime - context.CurrentUtcDateTime);

    /// <exception cref="StepFailedException">The deadline passed.</exception>
    public void ThrowAfterDeadline()
    {
        if (IsPastDeadline)
        {
            throw new StepFailedException(JobError.Of(ErrorCodes.DeadlineExceeded, $"The job did not end within {Policy.Deadline.TotalMinutes:N0} minutes."));
        }
    }

    private void Advance(JobStage stage, JobOutcome? outcome)
    {
        if (_timeline[^1].Stage != stage)
        {
            _timeline.Add(new StageEntry(stage, context.CurrentUtcDateTime));
        }

        _percent = Math.Max(_percent, stage.PercentAtStart());
        Status = new JobStatus(stage, _percent, [.. _timeline], outcome);
    }

    // Doubled each time; the exponent is bounded, since attempts are many.
    private TimeSpan Backoff(int attempt, TimeSpan longest)
    {
        var wait = Policy.StepRetryDelay * (1 << Math.Min(attempt - 1, 20));
        return wait < longest ? wait : longest;
    }

    private TaskOptions UntilDeadline()
    {
        var first = Policy.StepRetryDelay < LongestWait ? Policy.StepRetryDelay : LongestWait;
        var left = _deadline - context.CurrentUtcDateTime;
        return TaskOptions.FromRetryPolicy(new RetryPolicy(
            maxNumberOfAttempts: int.MaxValue, firstRetryInterval: first, backoffCoefficient: 2, maxRetryInterval: LongestWait, retryTimeout: left > first ? left : first));
    }
}
