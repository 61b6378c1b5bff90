namespace FaceSwap.Webhooks.Deliveries;

/// <summary>An attempt as the log keeps it.</summary>
/// <param name="Run">The delivery it belongs to: 1, or a redelivery's number.</param>
/// <param name="Number">Which attempt of it, from 1.</param>
/// <param name="At">When it was made.</param>
/// <param name="LatencyMs">How long the receiver took, in milliseconds.</param>
/// <param name="Status">The receiver's HTTP status, or null when it gave none.</param>
/// <param name="Problem">Why it gave none.</param>
/// <param name="Answer">The first kilobyte of its answer.</param>
public sealed record LoggedAttempt(
    int Run, int Number, DateTimeOffset At, long LatencyMs, int? Status, AttemptProblem? Problem, string? Answer);
