namespace FaceSwap.Webhooks;

/// <summary>How one attempt to deliver a message ended.</summary>
/// <param name="Verdict">What follows from it.</param>
/// <param name="Status">The receiver's HTTP status, or null when it gave none.</param>
/// <param name="RetryAfter">How long the receiver asked to wait.</param>
public sealed record WebhookAttempt(WebhookAttemptVerdict Verdict, int? Status, TimeSpan? RetryAfter = null);
