using System.Runtime.InteropServices;
using System.Text.Json;
using FaceSwap.Errors;

namespace FaceSwap.NemoVideo.Sessions;

/// <summary>Reads the answer of the state call. Source: backend contract, State.</summary>
internal static class SessionStateReader
{
    public static SessionState Read(JsonElement answer)
    {
        if (!TryGet(answer, "data", out var data) || !TryGet(data, "state", out var state) || state.ValueKind != JsonValueKind.Object)
        {
            throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The backend answered a state without 'data.state'.");
        }

        TryGet(state, "draft", out var draft);
        TryGet(state, "generated_media", out var generated);
        TryGet(state, "video_infos", out var videos);
        var raw = draft.ValueKind == JsonValueKind.Undefined ? [] : JsonMarshal.GetRawUtf8Value(draft).ToArray();
        return new SessionState(raw, CanonicalJson.Hash(draft, generated), IsExportable(draft), FileNames(videos));
    }

    private static bool IsExportable(JsonElement draft) =>
        TryGet(draft, "t", out var tracks)
        && tracks.ValueKind == JsonValueKind.Array
        && tracks.EnumerateArray().Any(track =>
            TryGet(track, "sg", out var segments) && segments.ValueKind == JsonValueKind.Array && segments.GetArrayLength() > 0);

    private static string[] FileNames(JsonElement videos) =>
        videos.ValueKind == JsonValueKind.Array
            ? [.. videos.EnumerateArray()
                .Select(video => TryGet(video, "filename", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "")
                .Where(name => name.Length > 0)]
            : [];

    private static bool TryGet(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
    }
}

/// <summary>A reading of a session's state.</summary>
/// <param name="Draft">The draft exactly as the backend wrote it; it goes back on export byte for byte.</param>
/// <param name="Hash">The hash of draft and generated media in canonical form: equal hashes mean that nothing changed.</param>
/// <param name="IsExportable">Whether at least one track has a segment.</param>
/// <param name="FileNames">The names of the files that the session knows of.</param>
public sealed record SessionState(ReadOnlyMemory<byte> Draft, string Hash, bool IsExportable, IReadOnlyList<string> FileNames);
