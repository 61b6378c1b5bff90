namespace FaceSwap.Jobs;

/// <summary>When a job entered a stage.</summary>
public sealed record StageEntry(JobStage Stage, DateTimeOffset At);
