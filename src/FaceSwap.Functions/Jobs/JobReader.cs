using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Functions.Jobs;

/// <summary>Reads a job from its instance, the one source of truth; from its record, once the instance's history was purged.</summary>
public sealed class JobReader(JobDocuments documents)
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.JobNotFound"/>: there is none, or it is another caller's.</exception>
    public async Task<JobReading> ReadAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var job = JobIds.IsValid(id) ? await FindAsync(id, client, cancellationToken) : null;
        return job is not null && caller.Sees(job.Job.Caller) ? job : throw new FaceSwapException(ErrorCodes.JobNotFound, "No job has this id.");
    }

    /// <summary>A job as its instance or its record holds it; null when there is none.</summary>
    public async Task<JobReading?> FindAsync(string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        if (instance?.ReadInputAs<FaceSwapJobInput>() is not { Job: { } job })
        {
            return await documents.ReadRecordAsync(id, cancellationToken) is { } record ? JobReading.Of(record) : null;
        }

        var status = instance.ReadCustomStatusAs<JobStatus>();
        return instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed || status?.Outcome is not { } outcome
            ? new JobReading(job, status, Outcome(instance, job, status), IsClosing: false)
            : new JobReading(job, status, outcome, IsClosing: true);
    }

    /// <summary>Whether a job that was started has not ended; null when none was started.</summary>
    public async Task<bool?> IsRunningAsync(string id, DurableTaskClient client, CancellationToken cancellationToken) =>
        await FindAsync(id, client, cancellationToken) is { } found ? found.Outcome is null : null;

    /// <summary>Reads a job that has ended, with its session at the backend.</summary>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.JobNotFound"/>, <see cref="ErrorCodes.JobRunning"/>, or <see cref="ErrorCodes.NothingToContinue"/>.
    /// </exception>
    public async Task<EndedJob> ReadEndedAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(id, caller, client, cancellationToken);
        if (reading.Outcome is null)
        {
            throw new FaceSwapException(ErrorCodes.JobRunning, $"The job is {reading.Status?.Stage.ToString().ToLowerInvariant() ?? "queued"}.");
        }

        return reading.Outcome.Session is { } session
            ? new EndedJob(reading, session)
            : throw new FaceSwapException(ErrorCodes.NothingToContinue, "The job ended before it had a session.");
    }

    public async Task<JobView> ViewAsync(JobReading reading, CancellationToken cancellationToken)
    {
        var id = reading.Job.Id;
        if (reading.Outcome is null)
        {
            return JobViews.Of(reading.Job, reading.Status, null, await documents.ReadProgressAsync(id, cancellationToken));
        }

        var outcome = reading.IsClosing && await documents.ReadRecordAsync(id, cancellationToken) is { } record
            ? reading.Outcome with { Edit = record.Edit, Error = record.Error }
            : reading.Outcome;
        var progress = outcome.Stage == JobStage.Completed ? null : await documents.ReadProgressAsync(id, cancellationToken);
        return JobViews.Of(reading.Job, reading.Status, outcome, progress);
    }

    private static JobOutcome? Outcome(OrchestrationMetadata instance, JobInput job, JobStatus? last) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Completed => instance.ReadOutputAs<JobOutcome>(),
        OrchestrationRuntimeStatus.Failed => Defect(JobStage.Failed, job, last),
        OrchestrationRuntimeStatus.Terminated => Defect(JobStage.Cancelled, job, last),
        _ => null,
    };

    // The instance ended without an outcome: a defect, or an operator's intervention.
    private static JobOutcome Defect(JobStage stage, JobInput job, JobStatus? last) => new(
        stage, null, EditPayments.Of(job, last).Tell(JobError.Of(ErrorCodes.InternalError, "The job's orchestration ended without an outcome."), job), Session: last?.Session);
}

/// <summary>A job as its instance holds it.</summary>
/// <param name="Job">The job as it was accepted.</param>
/// <param name="Status">Its custom status; null while it has none yet.</param>
/// <param name="Outcome">How it ended; null while it runs.</param>
/// <param name="IsClosing">Whether the instance has yet to end: then the outcome is that of its status, whose texts stand in the record.</param>
public sealed record JobReading(JobInput Job, JobStatus? Status, JobOutcome? Outcome, bool IsClosing)
{
    /// <summary>Whether the edit is proven, and so paid, whatever became of its render.</summary>
    public bool IsPaid => Outcome?.Edit is not null || Status?.Timeline.Any(entry => entry.Stage is JobStage.Rendering or JobStage.Storing) == true;

    /// <summary>A job of which the record alone is left.</summary>
    internal static JobReading Of(JobRecord record)
    {
        var job = new JobInput(
            record.Id,
            record.Caller,
            record.SubmittedAt,
            record.Api,
            Video: null,
            Face: null,
            record.ContinueFrom is { } earlier ? new JobContinuation(earlier, record.Session?.TaskId ?? "", record.Session?.SessionId ?? "") : null,
            record.Instruction,
            record.Language,
            record.Metadata,
            new JobPolicy(),
            Consent: record.Consent,
            Batch: record.Batch);
        var percent = record.Timeline.Max(entry => entry.Stage.PercentAtStart());
        return new JobReading(
            job,
            new JobStatus(record.Status, percent, record.Timeline, Session: record.Session),
            new JobOutcome(record.Status, record.Result, record.Error, record.Edit, record.Session),
            IsClosing: false);
    }
}

/// <summary>A job that has ended and left a session that can be gone on with.</summary>
public sealed record EndedJob(JobReading Reading, NemoSession Session);
