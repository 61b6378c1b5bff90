using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>One run of a job's recipe: its clock and deadline, its stages, and how its steps are called.</summary>
internal sealed class JobRun(TaskOrchestrationContext context, JobInput job)
{
    private const int MostAttemptsAtEnd = 100;
    private static readonly TimeSpan LongestWaitAtEnd = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly List<StageEntry> _timeline = [new(JobStage.Queued, job.SubmittedAt)];
    private readonly DateTime _deadline = job.SubmittedAt.UtcDateTime + job.Policy.Deadline;

    // The end of a job must not be lost to a longer outage: for about eight hours.
    private readonly TaskOptions _persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: MostAttemptsAtEnd, firstRetryInterval: job.Policy.StepRetryDelay, backoffCoefficient: 2,
        maxRetryInterval: job.Policy.StepRetryDelay > LongestWaitAtEnd ? job.Policy.StepRetryDelay : LongestWaitAtEnd));

    private readonly Task _cancellation = context.WaitForExternalEvent<bool>(JobCancellations.Event);

    private int _percent;
    private bool _isCancelled;
    private bool _waitedToDeadline;
    private EditPayment _beforePaying;

    public JobInput Job => job;

    public JobPolicy Policy => job.Policy;

    /// <summary>A defect in a step, or a worker that died; the text of its exception may hold anything and stays in the log.</summary>
    public static JobError Unforeseen { get; } = JobError.Of(ErrorCodes.InternalError, "A step of the job failed unexpectedly.");

    /// <summary>How far the money is; a job that only renders what was paid for before begins at the end.</summary>
    public EditPayment Payment { get; set; } = job.Instruction is null ? EditPayment.Proven : EditPayment.None;

    /// <summary>The session that holds the job's media, and its edit; null while it has none.</summary>
    public NemoSession? Session { get; set; }

    /// <summary>A render that the job has left and that is to be cancelled when it has ended; null when there is none.</summary>
    public string? AbandonedRender { get; set; }

    /// <summary>Whether nothing new is begun any more: the caller cancelled the job, or its deadline passed.</summary>
    public bool IsOver => IsCancelled || _waitedToDeadline || context.CurrentUtcDateTime >= _deadline;

    public IReadOnlyList<StageEntry> Timeline => _timeline;

    /// <summary>The job as it stands now.</summary>
    public JobStatus Status { get; private set; } = new(JobStage.Queued, 0, []);

    /// <summary>Enters a stage, for everybody to see; the percentage never goes back, even when a stage is entered again.</summary>
    public void Enter(JobStage stage)
    {
        Advance(stage, null);
        context.SetCustomStatus(Status);
    }

    /// <summary>Ends the job: from here on everybody who asks sees its outcome, and long texts as soon as the record holds them.</summary>
    public void End(JobOutcome outcome)
    {
        Advance(outcome.Stage, outcome);
        context.SetCustomStatus(Status.WithinLimit());
    }

    /// <summary>
    /// Calls a step that costs nothing, again after a wait where its failure is of the passing kind: as often as the policy
    /// says while no money is at stake, until the job is over once a message may have been sent.
    /// </summary>
    /// <exception cref="StepFailedException">The step failed for good, or the job is over.</exception>
    /// <exception cref="TaskFailedException">The step failed in a way that nobody foresaw, as often as the policy says.</exception>
    public async Task<T> CallAsync<T>(string activity, object input)
    {
        for (var attempt = 1; ; attempt++)
        {
            ThrowIfOver();
            var result = await TryAsync<T>(activity, input, isLast: Payment == EditPayment.None && attempt >= Policy.StepAttempts);
            if (result.Error is not { } error)
            {
                return result.Value!;
            }

            if (!error.Retryable || (Payment == EditPayment.None && HasTriedEnough(error, attempt)))
            {
                throw new StepFailedException(error);
            }

            await WaitToRetryAsync(error, attempt);
        }
    }

    /// <summary>
    /// Whether a step that costs nothing is given up: not while storage is away, without which no job can do anything, nor
    /// while other jobs hold what comes free again: credits, and the app's streams.
    /// </summary>
    public bool HasTriedEnough(JobError error, int attempt) => attempt >= Policy.StepAttempts
        && error.Code is not (ErrorCodes.StorageUnavailable or ErrorCodes.CreditsReserved or ErrorCodes.NotSent);

    /// <summary>Calls a step that belongs to the end of the job: it has no deadline, and is tried for hours.</summary>
    /// <exception cref="StepFailedException">The step failed for good.</exception>
    /// <exception cref="TaskFailedException">The step failed in a way that nobody foresaw, for hours.</exception>
    public async Task<T> CallAtEndAsync<T>(string activity, object input)
    {
        for (var attempt = 1; ; attempt++)
        {
            var result = await TryAsync<T>(activity, input, isLast: attempt == MostAttemptsAtEnd);
            if (result.Error is not { } error)
            {
                return result.Value!;
            }

            if (!error.Retryable || attempt == MostAttemptsAtEnd)
            {
                throw new StepFailedException(error);
            }

            await WaitBeyondEndAsync(Between(error, attempt, LongestWaitAtEnd, LongestWaitAtEnd));
        }
    }

    /// <summary>
    /// Calls a step like <see cref="CallAsync{T}"/>, and once more when the job is over: what it needs may be back, and what it tells
    /// is wanted all the same. Whoever needs the answer to go on asks afterwards whether the job is over.
    /// </summary>
    /// <exception cref="StepFailedException">The step failed for good, or the job is over and the last call failed too.</exception>
    public async Task<T> CallToTheLastAsync<T>(string activity, object input)
        where T : class
    {
        if (!IsOver)
        {
            try
            {
                return await CallAsync<T>(activity, input);
            }
            catch (StepFailedException) when (IsOver)
            {
                // It was tried until now.
            }
        }

        return await TryOnceAsync<T>(activity, input) ?? throw new StepFailedException(WhyOver);
    }

    /// <summary>Calls a step once, whether or not the job is over; null when it fails.</summary>
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
    /// <exception cref="StepFailedException">The job is over; nothing was sent.</exception>
    public async Task<StepResult<T>> PayAsync<T>(string activity, object input)
    {
        ThrowIfOver();
        _beforePaying = Payment;
        Payment = EditPayment.Unproven;
        return Heeded(await context.CallActivityAsync<StepResult<T>>(activity, input));
    }

    /// <summary>The step that pays provably sent nothing that ran: the money is where it was before.</summary>
    public void TakeBackPayment() => Payment = _beforePaying;

    /// <summary>Calls a step that follows the end of the job and cannot change it any more: tried for hours, and then let be.</summary>
    public async Task TryAtEndAsync(string activity, object input)
    {
        try
        {
            await context.CallActivityAsync(activity, input, _persistent);
        }
        catch (TaskFailedException)
        {
            // The outcome stands in the instance's output all the same.
        }
    }

    /// <summary>Waits before a step is tried again: longer each time, and at least as long as the other side asked for.</summary>
    /// <exception cref="StepFailedException">The job is over.</exception>
    public async Task WaitToRetryAsync(JobError error, int attempt)
    {
        await PauseToRetryAsync(error, attempt);
        ThrowIfOver();
    }

    /// <summary>Waits like <see cref="WaitToRetryAsync"/>, and leaves it to the caller what to do when the job is over.</summary>
    public Task PauseToRetryAsync(JobError error, int attempt) => PauseAsync(Between(error, attempt, LongestWait, Policy.Deadline));

    /// <summary>Waits on a durable timer, at most until the job is over.</summary>
    /// <exception cref="StepFailedException">The job is over.</exception>
    public async Task WaitAsync(TimeSpan wait)
    {
        await PauseAsync(wait);
        ThrowIfOver();
    }

    /// <summary>Waits on a durable timer, whether or not the job is over.</summary>
    public Task WaitBeyondEndAsync(TimeSpan wait) => context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);

    /// <summary>Waits like <see cref="WaitAsync"/>, and leaves it to the caller what to do when the job is over.</summary>
    public async Task PauseAsync(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero || IsOver)
        {
            return;
        }

        var left = _deadline - context.CurrentUtcDateTime;
        using var unneeded = new CancellationTokenSource();
        var timer = context.CreateTimer(context.CurrentUtcDateTime + (wait < left ? wait : left), unneeded.Token);
        if (await Task.WhenAny(timer, _cancellation) == timer)
        {
            // Timers of Azure's engine may fire a second early: a wait that was cut at the deadline has reached it all the same.
            _waitedToDeadline |= wait >= left;
        }
        else
        {
            Drop(unneeded);
        }
    }

    /// <summary>Waits like <see cref="PauseAsync"/>, for a moment.</summary>
    public Task PauseUntilAsync(DateTimeOffset moment) => PauseAsync(moment.UtcDateTime - context.CurrentUtcDateTime);

    /// <exception cref="StepFailedException">The job is over.</exception>
    public void ThrowIfOver()
    {
        if (IsOver)
        {
            throw new StepFailedException(WhyOver);
        }
    }

    /// <summary>What a job ends with that is over before it came to an end of its own.</summary>
    public JobError WhyOver => IsCancelled
        ? JobError.Of(ErrorCodes.Cancelled, "The caller cancelled the job.")
        : JobError.Of(ErrorCodes.DeadlineExceeded, $"The job did not end within {Policy.Deadline.TotalMinutes:N0} minutes.");

    private bool IsCancelled => _isCancelled || _cancellation.IsCompleted;

    // An orchestration does not end while a timer of it is open. At once, and not by the thread pool, as an orchestrator must.
    private static void Drop(CancellationTokenSource timer) => timer.Cancel();

    // What no step foresees is tried again like everything else that may pass: unless it was the last time.
    private async Task<StepResult<T>> TryAsync<T>(string activity, object input, bool isLast)
    {
        try
        {
            return Heeded(await context.CallActivityAsync<StepResult<T>>(activity, input));
        }
        catch (TaskFailedException) when (!isLast)
        {
            return new StepResult<T>(default, Unforeseen with { Retryable = true });
        }
    }

    // A step may learn of the cancellation before the event arrives.
    private StepResult<T> Heeded<T>(StepResult<T> result)
    {
        _isCancelled |= result.Error?.Code == ErrorCodes.Cancelled;
        return result;
    }

    private void Advance(JobStage stage, JobOutcome? outcome)
    {
        if (_timeline[^1].Stage != stage)
        {
            _timeline.Add(new StageEntry(stage, context.CurrentUtcDateTime));
        }

        _percent = Math.Max(_percent, stage.PercentAtStart());
        Status = new JobStatus(stage, _percent, [.. _timeline], outcome, Session);
    }

    // Doubled each time; the exponent is bounded, since attempts are many. The other side may ask for more than that, up to a
    // limit, and not for less: short waits over an hour would make a history of thousands of events.
    private TimeSpan Between(JobError error, int attempt, TimeSpan longestOfOurs, TimeSpan longestOfTheirs)
    {
        var doubled = Policy.StepRetryDelay * (1 << Math.Min(attempt - 1, 20));
        var ours = doubled < longestOfOurs ? doubled : longestOfOurs;
        var asked = error.RetryAfter is { } theirs && theirs < longestOfTheirs ? theirs : error.RetryAfter is null ? ours : longestOfTheirs;
        return asked > ours ? asked : ours;
    }
}

/// <summary>Leaves the recipe of a job at the step that failed; it never leaves the orchestrator.</summary>
internal sealed class StepFailedException(JobError error) : Exception(error.Detail)
{
    public JobError Error { get; } = error;
}
