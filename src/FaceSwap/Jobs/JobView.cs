using FaceSwap.Errors;

namespace FaceSwap.Jobs;

/// <summary>A job as the API and the webhooks show it.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Status">The stage it is in, or how it ended.</param>
/// <param name="Percent">How much is done, 0 to 100; of a job that did not complete, how far it came.</param>
/// <param name="Note">A sentence about the work in progress, or null.</param>
/// <param name="ContinueFrom">The job whose session this one continues, or null.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="UpdatedAt">Since when it is as it is shown.</param>
/// <param name="Timeline">Every stage entered so far, with its time.</param>
/// <param name="Result">Facts about the finished video, once there is one.</param>
/// <param name="Edit">What the edit did, in words, once it is proved.</param>
/// <param name="Error">Why the job did not complete, or null.</param>
/// <param name="Metadata">The caller's own words.</param>
/// <param name="Links">Where to go from here.</param>
/// <param name="Batch">Its place in a batch; null for a job of its own.</param>
/// <param name="Sequence">Grows from message to message of a job, not by one; null outside messages.</param>
public sealed record JobView(
    string Id,
    JobStage Status,
    int Percent,
    string? Note,
    string? ContinueFrom,
    DateTimeOffset SubmittedAt,
    DateTimeOffset UpdatedAt,
    IReadOnlyList<StageEntry> Timeline,
    JobResultView? Result,
    JobEdit? Edit,
    JobErrorView? Error,
    IReadOnlyDictionary<string, string>? Metadata,
    JobLinks Links,
    JobBatch? Batch = null,
    long? Sequence = null);

/// <summary>Why a job did not complete: a stable code, what happened, and what to do about it.</summary>
public sealed record JobErrorView(string Code, string Detail, string Remedy)
{
    public static JobErrorView? Of(JobError? error) => error is null ? null : new JobErrorView(error.Code, error.Detail, error.Remedy);
}

/// <summary>Facts about a finished video.</summary>
public sealed record JobResultView(string ContentType, long Size, string Sha256);

/// <summary>Addresses of a job in the API.</summary>
/// <param name="Self">The job itself.</param>
/// <param name="Result">The finished video; null until there is one.</param>
public sealed record JobLinks(string Self, string? Result)
{
    public static JobLinks Of(string apiBase, string jobId, bool hasResult) =>
        new($"{apiBase}/jobs/{jobId}", hasResult ? $"{apiBase}/jobs/{jobId}/result" : null);
}
