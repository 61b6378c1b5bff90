using FaceSwap.Callers;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>What is written down when a job ends, and its removal.</summary>
public sealed class EndSteps(JobDocuments documents, JobIndex index, CallerLimits limits, IOptions<NemoOptions> nemo, JobRemoval removal)
{
    /// <summary>Writes the job's record beside its result, which outlives the instance's history, and notes in the index how the job ended.</summary>
    [Function(nameof(RecordJob))]
    public async Task RecordJob([ActivityTrigger] RecordJobInput input, CancellationToken cancellationToken)
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

    /// <summary>Removes a job that has ended, with all that is kept of it; false while it has not.</summary>
    [Function(nameof(RemoveJob))]
    public Task<bool> RemoveJob([ActivityTrigger] JobMark job, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        removal.TryRemoveAsync(job, withKey: false, client, cancellationToken);
}

public sealed record RecordJobInput(JobInput Job, JobOutcome Outcome, JobTrace Trace, IReadOnlyList<StageEntry> Timeline);

/// <summary>What a job has come to so far, for its record, however it ends.</summary>
public sealed record JobTrace
{
    public StagedFiles? Media { get; set; }

    public JobEdit? Edit { get; set; }

    public string? RenderId { get; set; }
}
