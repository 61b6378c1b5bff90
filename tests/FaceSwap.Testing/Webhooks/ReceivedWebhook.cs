namespace FaceSwap.Testing.Webhooks;

/// <summary>One delivery as it arrived.</summary>
/// <param name="Path">The path it was posted to.</param>
/// <param name="Headers">Its headers; names without regard to case.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="ReceivedAt">When it was whole.</param>
/// <param name="AnsweredWith">The status it was answered with.</param>
public sealed record ReceivedWebhook(
    string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt, int AnsweredWith)
{
    /// <summary>A header's value; null when it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
