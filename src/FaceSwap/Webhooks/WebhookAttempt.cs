namespace FaceSwap.Webhooks;

/// <summary>How one attempt to deliver a message ended.</summary>
/// <param name="Verdict">What follows from it.</param>
/// <param name="At">When it was made.</param>
/// <param name="Latency">How long the receiver took, or was waited for.</param>
/// <param name="Status">The receiver's HTTP status, or null when it gave none.</param>
/// <param name="Answer">The beginning of what it answered, at most 1,024 bytes of it.</param>
/// <param name="Problem">Why there is no status.</param>
/// <param name="RetryAfter">How long the receiver asked to wait.</param>
public sealed record WebhookAttempt(
    WebhookAttemptVerdict Verdict,
    DateTimeOffset At,
    TimeSpan Latency = default,
    int? Status = null,
    string? Answer = null,
    AttemptProblem? Problem = null,
    TimeSpan? RetryAfter = null);
