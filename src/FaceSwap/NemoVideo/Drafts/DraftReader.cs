using System.Text.Json;
using FaceSwap.NemoVideo.Sessions;

namespace FaceSwap.NemoVideo.Drafts;

/// <summary>Reads what the app understands of a draft: tracks, segments, durations, titles. Source: backend contract, State.</summary>
/// <remarks>
/// The draft itself is never written from this reading: it goes back to the backend as the bytes it came as. The contract
/// names the keys t, tt, sg, d and m; start and volume are read where a segment has them and derived or left out elsewhere.
/// </remarks>
public static class DraftReader
{
    /// <summary>The draft's tracks in order; empty for anything that is no draft.</summary>
    public static IReadOnlyList<DraftTrack> Read(ReadOnlyMemory<byte> draft)
    {
        if (draft.IsEmpty)
        {
            return [];
        }

        using var document = JsonDocument.Parse(draft);
        return [.. Items(document.RootElement, "t").Select(ReadTrack)];
    }

    private static DraftTrack ReadTrack(JsonElement track)
    {
        var segments = new List<DraftSegment>();
        var end = TimeSpan.Zero;
        foreach (var segment in Items(track, "sg"))
        {
            var start = Milliseconds(segment, "st") ?? end;
            var duration = Milliseconds(segment, "d") ?? TimeSpan.Zero;
            segments.Add(new DraftSegment(Name(segment), start, duration, Volume(segment), CanonicalJson.Hash(segment)));
            end = start + duration;
        }

        return new DraftTrack((DraftTrackKind)(Number(track, "tt") ?? -1), segments);
    }

    private static string Name(JsonElement segment) =>
        Get(segment, "m") is { } metadata && Text(metadata, "title") is { Length: > 0 } title ? title : Text(segment, "txt") ?? "";

    private static int? Volume(JsonElement segment) => Number(segment, "vol") is { } share ? (int)Math.Round(share * 100) : null;

    private static TimeSpan? Milliseconds(JsonElement element, string name) =>
        Number(element, name) is { } value and >= 0 and < 1e12 ? TimeSpan.FromMilliseconds(value) : null;

    private static double? Number(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    private static string? Text(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private static JsonElement? Get(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
