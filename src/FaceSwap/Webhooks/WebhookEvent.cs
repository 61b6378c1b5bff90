namespace FaceSwap.Webhooks;

/// <summary>The body of a webhook.</summary>
/// <param name="Type">What happened, one of <see cref="WebhookEventTypes"/>.</param>
/// <param name="Timestamp">When it happened; the header <c>webhook-timestamp</c> tells when it was sent.</param>
/// <param name="Data">What it happened to, as the API shows it.</param>
public sealed record WebhookEvent<T>(string Type, DateTimeOffset Timestamp, T Data);
