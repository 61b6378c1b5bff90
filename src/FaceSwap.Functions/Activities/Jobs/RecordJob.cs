using FaceSwap.Callers;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Writes the job's record beside its result, which outlives the instance's history, and notes in the index how the job ended.</summary>
public sealed class RecordJob(JobDocuments documents, JobIndex index, CallerLimits limits, IOptions<NemoOptions> nemo)
{
    [Function(nameof(RecordJob))]
    public async Task RunAsync([ActivityTrigger] RecordJobInput input, CancellationToken cancellationToken)
    {
        var (job, outcome, trace, timeline) = input;
        var record = new JobRecord(
            job.Id, job.Caller, outcome.Stage, job.SubmittedAt, timeline, trace.Media?.Video, trace.Media?.Face, trace.Media?.Audio, job.Instruction,
            outcome.Session, trace.RenderId, job.Continues?.JobId, trace.Edit, outcome.Result, outcome.Error, job.Metadata,
            job.Consent, job.Language, job.ApiBase, nemo.Value.BaseUrl.Host, AppVersion.Text, job.Batch, trace.Media?.More);
        if (await documents.RecordAsync(record, cancellationToken))
        {
            // What came with the submission was counted then.
            var fetched = job.Media.Zip(trace.Media?.All ?? []).Where(media => media.First.Source.Staged is null);
            await limits.CountBytesAsync(job.Caller, fetched.Sum(media => media.Second.Size), cancellationToken);
        }

        await index.CloseAsync(job, outcome.Stage, timeline[^1].At, outcome.Error?.Code, cancellationToken);
    }
}

public sealed record RecordJobInput(JobInput Job, JobOutcome Outcome, JobTrace Trace, IReadOnlyList<StageEntry> Timeline);

/// <summary>What a job has come to so far, for its record, however it ends.</summary>
public sealed record JobTrace
{
    public StagedFiles? Media { get; set; }

    public JobEdit? Edit { get; set; }

    public string? RenderId { get; set; }
}
