namespace FaceSwap.Jobs;

/// <summary>Progress within a stage, too frequent for the history: the content of a job's progress blob.</summary>
/// <param name="Stage">The stage it belongs to; it counts only while the job is in it.</param>
/// <param name="Percent">How much of the job is done, 0 to 100.</param>
/// <param name="Note">A sentence for people, or null.</param>
/// <param name="At">When it was written.</param>
public sealed record JobProgress(JobStage Stage, int Percent, string? Note, DateTimeOffset At);
