using FaceSwap.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Writes the job's record beside its result; the record outlives the instance's history.</summary>
public sealed class RecordJob(JobDocuments documents)
{
    [Function(nameof(RecordJob))]
    public Task RunAsync([ActivityTrigger] RecordJobInput input, CancellationToken cancellationToken)
    {
        var (job, outcome, trace, timeline) = input;
        var record = new JobRecord(
            job.Id, job.Caller, outcome.Stage, job.SubmittedAt, timeline, trace.Media?.Video, trace.Media?.Face, job.Instruction,
            outcome.Session, trace.RenderId, job.Continues?.JobId, trace.Edit, outcome.Result, outcome.Error, job.Metadata, AppVersion.Text);
        return documents.RecordAsync(record, cancellationToken);
    }
}

public sealed record RecordJobInput(JobInput Job, JobOutcome Outcome, JobTrace Trace, IReadOnlyList<StageEntry> Timeline);

/// <summary>What a job has come to so far, for its record, however it ends.</summary>
public sealed record JobTrace
{
    public StagedPair? Media { get; set; }

    public JobEdit? Edit { get; set; }

    public string? RenderId { get; set; }
}
