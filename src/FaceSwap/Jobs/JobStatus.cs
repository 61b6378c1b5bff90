namespace FaceSwap.Jobs;

/// <summary>The custom status of a job's instance: the one source of truth while it runs.</summary>
/// <param name="Stage">The stage it is in.</param>
/// <param name="Percent">How much is done, 0 to 100; it never goes back.</param>
/// <param name="Timeline">Every stage entered so far, in order.</param>
/// <param name="Outcome">How it ended, from that moment on: whoever hears of the end by webhook finds it here, though the instance may still be closing.</param>
public sealed record JobStatus(JobStage Stage, int Percent, IReadOnlyList<StageEntry> Timeline, JobOutcome? Outcome = null);
