using FaceSwap.Jobs;

namespace FaceSwap.Functions.Http;

/// <summary>A job as its instance holds it.</summary>
/// <param name="Job">The instance's input.</param>
/// <param name="Status">Its custom status; null while it has none yet.</param>
/// <param name="Outcome">Its output; null while it runs.</param>
public sealed record JobReading(JobInput Job, JobStatus? Status, JobOutcome? Outcome);
