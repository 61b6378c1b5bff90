using FaceSwap.Jobs;

namespace FaceSwap.Functions.Http;

/// <summary>A job as its instance holds it.</summary>
/// <param name="Job">The instance's input.</param>
/// <param name="Status">Its custom status; null while it has none yet.</param>
/// <param name="Outcome">How it ended; null while it runs.</param>
/// <param name="IsClosing">Whether the instance has yet to end: then the outcome is that of its status, whose texts stand in the record.</param>
public sealed record JobReading(JobInput Job, JobStatus? Status, JobOutcome? Outcome, bool IsClosing);
