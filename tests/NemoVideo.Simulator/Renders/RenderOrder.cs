using System.Text.Json;

namespace NemoVideo.Simulator.Renders;

/// <summary>The body of a render call. The draft is kept as the text it was sent as.</summary>
internal sealed class RenderOrder : IDisposable
{
    private readonly JsonDocument? body;

    private RenderOrder(JsonDocument? body) => this.body = body;

    public string Id => TextOf("id");

    public string SessionId => TextOf("sessionId");

    public string Draft => Find("draft") is { ValueKind: JsonValueKind.Object } draft ? draft.GetRawText() : "";

    /// <summary>Whether everything is there and at least one track has a segment.</summary>
    public bool IsComplete =>
        Id.Length > 0
        && Find("output") is { ValueKind: JsonValueKind.Object } output
        && output.TryGetProperty("format", out _)
        && Find("draft") is { ValueKind: JsonValueKind.Object } draft
        && draft.TryGetProperty("t", out var tracks)
        && tracks.ValueKind == JsonValueKind.Array
        && tracks.EnumerateArray().Any(HasSegments);

    public static async Task<RenderOrder> ReadAsync(HttpContext http)
    {
        try
        {
            return new RenderOrder(await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted));
        }
        catch (JsonException)
        {
            return new RenderOrder(null);
        }
    }

    public void Dispose() => body?.Dispose();

    private static bool HasSegments(JsonElement track) =>
        track.TryGetProperty("sg", out var segments) && segments.ValueKind == JsonValueKind.Array && segments.GetArrayLength() > 0;

    private string TextOf(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private JsonElement? Find(string name) =>
        body?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value) ? value : null;
}
