using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaceSwap.LocalHost.Durable.History;

/// <summary>Turns events into the bytes of a history batch and back.</summary>
internal static class HistoryCodec
{
    // Payloads are JSON inside a JSON string: the relaxed encoder keeps their quotes and letters short, and the file is
    // no HTML page.
    private static readonly HistoryJson Json = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Encode(IReadOnlyList<HistoryEvent> events) =>
        JsonSerializer.SerializeToUtf8Bytes(events, Json.IReadOnlyListHistoryEvent);

    public static byte[] Encode(HistoryEvent message) =>
        JsonSerializer.SerializeToUtf8Bytes(message, Json.HistoryEvent);

    public static IReadOnlyList<HistoryEvent> DecodeBatch(ReadOnlySpan<byte> batch) =>
        JsonSerializer.Deserialize(batch, Json.IReadOnlyListHistoryEvent) ?? [];

    public static HistoryEvent Decode(ReadOnlySpan<byte> message) =>
        JsonSerializer.Deserialize(message, Json.HistoryEvent)
        ?? throw new JsonException("A message in the state file is empty.");

    public static string Encode(Failure failure) => JsonSerializer.Serialize(failure, Json.Failure);

    public static Failure DecodeFailure(string failure) => JsonSerializer.Deserialize(failure, Json.Failure)!;

    public static string? Encode(IReadOnlyDictionary<string, string>? tags) =>
        tags is { Count: > 0 } ? JsonSerializer.Serialize(tags, Json.IReadOnlyDictionaryStringString) : null;

    public static IReadOnlyDictionary<string, string> DecodeTags(string? tags) =>
        tags is null
            ? ImmutableDictionary<string, string>.Empty
            : JsonSerializer.Deserialize(tags, Json.IReadOnlyDictionaryStringString)!;
}
