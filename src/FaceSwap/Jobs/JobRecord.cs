using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Jobs;

/// <summary>The content of <c>job.json</c>: written once when a job ends; it outlives the instance's history.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Caller">Who submitted it.</param>
/// <param name="Status">How it ended.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="Timeline">Every stage with the time it was entered.</param>
/// <param name="Video">The video as it was staged, with its hash; null when staging failed.</param>
/// <param name="Face">The face as it was staged, with its hash; null when staging failed.</param>
/// <param name="Audio">The sound as it was staged, with its hash; null when there is none.</param>
/// <param name="Instruction">What the backend was told; null for a job that only renders.</param>
/// <param name="Session">The session at the backend that holds the edit.</param>
/// <param name="RenderId">The render that gave the result.</param>
/// <param name="ContinueFrom">The job whose session this one continued.</param>
/// <param name="Edit">What the edit did, in words.</param>
/// <param name="Result">The finished video with its hash.</param>
/// <param name="Error">Why there is none.</param>
/// <param name="Metadata">The caller's own words.</param>
/// <param name="Consent">What the caller said, when submitting it, of the consent of whoever is shown.</param>
/// <param name="Language">The language the backend worked in.</param>
/// <param name="Api">The address of the API as the caller saw it.</param>
/// <param name="Backend">The backend that made the edit and the render.</param>
/// <param name="Software">The version of the app that ran the job.</param>
/// <param name="Batch">Its place in a batch; null for a job of its own.</param>
/// <param name="More">Further media that went up into its session, with their hashes; null when there are none.</param>
public sealed record JobRecord(
    string Id,
    string Caller,
    JobStage Status,
    DateTimeOffset SubmittedAt,
    IReadOnlyList<StageEntry> Timeline,
    StagedMedia? Video,
    StagedMedia? Face,
    StagedMedia? Audio,
    string? Instruction,
    NemoSession? Session,
    string? RenderId,
    string? ContinueFrom,
    JobEdit? Edit,
    StagedMedia? Result,
    JobError? Error,
    IReadOnlyDictionary<string, string>? Metadata,
    JobConsent? Consent,
    string Language,
    string Api,
    string Backend,
    string Software,
    JobBatch? Batch = null,
    IReadOnlyList<StagedMedia>? More = null);
