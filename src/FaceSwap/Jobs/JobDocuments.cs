using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Storage;

namespace FaceSwap.Jobs;

/// <summary>A job's documents in Blob Storage: the progress within a stage, and the record that is left at the end.</summary>
public sealed class JobDocuments(BlobStore store)
{
    public Task WriteProgressAsync(string jobId, JobProgress progress, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.Progress(jobId), progress, JobJson.Default.JobProgress, cancellationToken);

    public Task<JobProgress?> ReadProgressAsync(string jobId, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.Progress(jobId), JobJson.Default.JobProgress, cancellationToken);

    /// <summary>Writes <c>job.json</c> once; a second call leaves the first record as it is.</summary>
    /// <returns>Whether this was the first.</returns>
    public Task<bool> RecordAsync(JobRecord record, CancellationToken cancellationToken) =>
        store.TryCreateAsync(JobPaths.Record(record.Id), record, JobJson.Default.JobRecord, cancellationToken);

    /// <summary>The record of a job; null while it has none.</summary>
    public Task<JobRecord?> ReadRecordAsync(string jobId, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.Record(jobId), JobJson.Default.JobRecord, cancellationToken);

    /// <summary>Removes all that is kept of a job: its media, its result and its documents.</summary>
    public Task RemoveAsync(string jobId, CancellationToken cancellationToken) => store.DeleteUnderAsync(JobPaths.Job(jobId), cancellationToken);

    /// <summary>Keeps the draft as it was before the message, to tell afterwards what the message changed.</summary>
    public Task KeepBaselineAsync(string jobId, ReadOnlyMemory<byte> draft, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.Baseline(jobId), draft.ToArray(), cancellationToken);

    /// <summary>The draft as it was before the message; empty for a job that sent none.</summary>
    public async Task<byte[]> ReadBaselineAsync(string jobId, CancellationToken cancellationToken) =>
        await store.ReadAsync(JobPaths.Baseline(jobId), cancellationToken) ?? [];

    /// <summary>Keeps the draft of the session, byte for byte, until it is rendered.</summary>
    public Task KeepDraftAsync(string jobId, ReadOnlyMemory<byte> draft, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.Draft(jobId), draft.ToArray(), cancellationToken);

    public async Task<byte[]> ReadDraftAsync(string jobId, CancellationToken cancellationToken) =>
        await store.ReadAsync(JobPaths.Draft(jobId), cancellationToken)
        ?? throw new FaceSwapException(ErrorCodes.InternalError, "The draft of the job is not in the container.");
}

/// <summary>Progress within a stage, too frequent for the history: the content of a job's progress blob.</summary>
/// <param name="Stage">The stage it belongs to; it counts only while the job is in it.</param>
/// <param name="Percent">How much of the job is done, 0 to 100.</param>
/// <param name="Note">A sentence for people, or null.</param>
/// <param name="At">When it was written.</param>
public sealed record JobProgress(JobStage Stage, int Percent, string? Note, DateTimeOffset At);

/// <summary>The JSON of the API, of webhooks and of a job's documents: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(JobProgress))]
public sealed partial class JobJson : JsonSerializerContext;
