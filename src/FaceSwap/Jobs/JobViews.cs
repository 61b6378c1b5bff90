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
            current?.At > status.Timeline[^1].At ? current.At : status.Timeline[^1].At,
            status.Timeline,
            outcome?.Result is { } result ? new JobResultView(result.ContentType, result.Size, result.Sha256) : null,
            outcome?.Edit,
            JobErrorView.Of(outcome?.Error),
            job.Metadata,
            JobLinks.Of(job.ApiBase, job.Id, outcome?.Result is not null),
            job.Batch);
    }
}
