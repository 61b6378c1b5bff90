using System.Text.Json;

namespace FaceSwap.NemoVideo.Messages;

/// <summary>Reads one event's data in either of the two shapes the backend uses. Source: backend contract, Message.</summary>
internal static class NemoEventParser
{
    private static readonly NemoEvent Heartbeat = new(NemoEventKind.Heartbeat);
    private static readonly NemoEvent Other = new(NemoEventKind.Other);

    public static NemoEvent Parse(ReadOnlySpan<byte> data)
    {
        // Most events of a long edit are heartbeats: they are recognised without reading the JSON.
        if (data.IsEmpty || data.SequenceEqual("""{"type":"heartbeat"}"""u8) || data.SequenceEqual("""{"type": "heartbeat"}"""u8))
        {
            return Heartbeat;
        }

        try
        {
            var reader = new Utf8JsonReader(data);
            var root = JsonElement.ParseValue(ref reader);
            return root.ValueKind != JsonValueKind.Object ? Other
                : Property(root, "type") is { ValueKind: JsonValueKind.String } type ? Flat(root, type.GetString()!)
                : Framework(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is none, such as half of an emoji: the stream goes on.
            return Other;
        }
    }

    private static NemoEvent Flat(JsonElement root, string type) => type switch
    {
        "heartbeat" => Heartbeat,
        "text" => new NemoEvent(NemoEventKind.Text, String(Property(root, "content"))),
        "tool_call" or "tool_result" => new NemoEvent(NemoEventKind.Tool),
        "error" => new NemoEvent(NemoEventKind.Failure),
        _ => Other,
    };

    private static NemoEvent Framework(JsonElement root)
    {
        if (IsPresent(Property(root, "error")) || IsPresent(Property(root, "errorCode")))
        {
            return new NemoEvent(NemoEventKind.Failure);
        }

        if (Property(root, "content") is not { } content || Property(content, "parts") is not { ValueKind: JsonValueKind.Array } parts)
        {
            return Other;
        }

        var text = string.Concat(parts.EnumerateArray().Select(part => String(Property(part, "text"))));
        return text.Length > 0
            ? new NemoEvent(NemoEventKind.Text, text, Property(root, "partial")?.ValueKind == JsonValueKind.True)
            : parts.EnumerateArray().Any(part => IsPresent(Property(part, "functionCall")) || IsPresent(Property(part, "functionResponse")))
                ? new NemoEvent(NemoEventKind.Tool)
                : Other;
    }

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static bool IsPresent(JsonElement? element) => element is { ValueKind: not JsonValueKind.Null };

    private static string String(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
