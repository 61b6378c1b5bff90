namespace FaceSwap.Testing.Webhooks;

/// <summary>A question to the library: with headers, whether the message is valid; without, what its signature is.</summary>
public sealed record LibraryCase(
    string Secret, string Body, IReadOnlyDictionary<string, string>? Headers = null, string? Id = null, long? Timestamp = null)
{
    public static LibraryCase Verify(string secret, ReceivedWebhook webhook) =>
        new(secret, System.Text.Encoding.UTF8.GetString(webhook.Body.Span), webhook.Headers);
}
