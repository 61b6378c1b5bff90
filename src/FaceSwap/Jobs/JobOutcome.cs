using FaceSwap.Errors;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.Jobs;

/// <summary>The output of a job's instance: the final word on it.</summary>
/// <param name="Stage">How it ended: completed, failed, cancelled or expired.</param>
/// <param name="Result">The finished video, when it completed.</param>
/// <param name="Error">Why it did not complete.</param>
/// <param name="Edit">What the edit did, once it is proved.</param>
/// <param name="Session">The session at the backend that a later job can go on with.</param>
public sealed record JobOutcome(JobStage Stage, StagedMedia? Result, JobError? Error, JobEdit? Edit = null, NemoSession? Session = null);

/// <summary>What an edit did, in words.</summary>
/// <param name="Timeline">What the session's timeline holds now.</param>
/// <param name="Changes">What became different, at most twenty sentences.</param>
/// <param name="Reply">What the agent said, without talk about a screen; null when it said nothing.</param>
/// <param name="Credits">How many credits it took; null where the account's balance cannot tell, as when other jobs used it meanwhile.</param>
public sealed record JobEdit(string Timeline, IReadOnlyList<string> Changes, string? Reply = null, decimal? Credits = null);
