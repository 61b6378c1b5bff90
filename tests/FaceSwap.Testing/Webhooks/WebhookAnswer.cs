namespace FaceSwap.Testing.Webhooks;

/// <summary>How a receiver answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="RetryAfterSeconds">Sent as <c>Retry-After</c>.</param>
/// <param name="Location">Sent as <c>Location</c>, for a redirect.</param>
/// <param name="When">The answer waits for this task; null: at once.</param>
/// <param name="Body">Sent as the answer's body.</param>
public sealed record WebhookAnswer(int Status, int? RetryAfterSeconds = null, string? Location = null, Task? When = null, string? Body = null);
