using FaceSwap.Errors;

namespace FaceSwap.Jobs;

/// <summary>Puts together how a job is shown, from what its instance holds.</summary>
public static class JobViews
{
    /// <param name="job">The instance's input.</param>
    /// <param name="status">The instance's custom status; null while it has none yet.</param>
    /// <param name="outcome">The instance's output; null while it runs.</param>
    /// <param name="progress">The latest progress within a stage, where there is one; it tells how far a job came that did not complete.</param>
    public static JobView Of(JobInput job, JobStatus? status, JobOutcome? outcome, JobProgress? progress)
    {
        status ??= new JobStatus(JobStage.Queued, 0, [new StageEntry(JobStage.Queued, job.SubmittedAt)]);
        var stage = outcome?.Stage ?? status.Stage;
        var current = progress?.Stage == stage ? progress : null;
        return new JobView(
            job.Id,
            stage,
            stage == JobStage.Completed ? stage.PercentAtStart() : Math.Max(status.Percent, progress?.Percent ?? 0),
            current?.Note,
            job.Continues?.JobId,
            job.SubmittedAt,
            status.Timeline,
            outcome?.Result is { } result ? new JobResultView(result.ContentType, result.Size, result.Sha256) : null,
            outcome?.Edit,
            JobErrorView.Of(outcome?.Error),
            job.Metadata,
            JobLinks.Of(job.ApiBase, job.Id, outcome?.Result is not null));
    }

    /// <summary>The outcome of an instance that ended without one: a defect, or an operator's intervention.</summary>
    /// <param name="stage">How the instance ended.</param>
    /// <param name="last">The last status it had shown: from the swap on, money may have been spent.</param>
    public static JobOutcome Defect(JobStage stage, JobStatus? last)
    {
        var error = last is { Stage: >= JobStage.Swapping }
            ? JobError.Of(ErrorCodes.AmbiguousOutcome, $"The job's orchestration ended without an outcome while it was {last.Stage.ToString().ToLowerInvariant()}.")
            : JobError.Of(ErrorCodes.InternalError, "The job's orchestration ended without an outcome.");
        return new JobOutcome(stage, null, error, Session: last?.Session);
    }
}
