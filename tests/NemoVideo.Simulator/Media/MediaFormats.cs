namespace NemoVideo.Simulator.Media;

/// <summary>The formats the backend takes, told by extension and by the first bytes.</summary>
internal static class MediaFormats
{
    public const string Video = "video";
    public const string Image = "image";
    public const string Audio = "audio";

    /// <summary>How many bytes <see cref="TypeOf"/> wants to see.</summary>
    public const int HeaderLength = 12;

    private static readonly Dictionary<string, MediaFormat> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mp4"] = new(Video, IsIsoMedia),
        ["mov"] = new(Video, IsIsoMedia),
        ["avi"] = new(Video, header => IsRiff(header, "AVI "u8)),
        ["webm"] = new(Video, IsMatroska),
        ["mkv"] = new(Video, IsMatroska),
        ["jpg"] = new(Image, IsJpeg),
        ["jpeg"] = new(Image, IsJpeg),
        ["png"] = new(Image, IsPng),
        ["gif"] = new(Image, header => header.StartsWith("GIF8"u8)),
        ["webp"] = new(Image, header => IsRiff(header, "WEBP"u8)),
        ["mp3"] = new(Audio, header => header.StartsWith("ID3"u8) || IsMpegAudio(header)),
        ["wav"] = new(Audio, header => IsRiff(header, "WAVE"u8)),
        ["m4a"] = new(Audio, IsIsoMedia),
        ["aac"] = new(Audio, header => header.StartsWith("ADIF"u8) || IsMpegAudio(header)),
    };

    private delegate bool Signature(ReadOnlySpan<byte> header);

    /// <returns><c>video</c>, <c>image</c> or <c>audio</c>; null when the extension is unknown or the content is something else.</returns>
    public static string? TypeOf(string extension, ReadOnlySpan<byte> header) =>
        Known.TryGetValue(extension, out var format) && header.Length >= HeaderLength && format.Matches(header) ? format.Type : null;

    private static bool IsIsoMedia(ReadOnlySpan<byte> header) =>
        header[4..8] is [(byte)'f', (byte)'t', (byte)'y', (byte)'p'] or [(byte)'m', (byte)'o', (byte)'o', (byte)'v']
            or [(byte)'m', (byte)'d', (byte)'a', (byte)'t'] or [(byte)'w', (byte)'i', (byte)'d', (byte)'e'];

    private static bool IsRiff(ReadOnlySpan<byte> header, ReadOnlySpan<byte> form) =>
        header.StartsWith("RIFF"u8) && header[8..12].SequenceEqual(form);

    private static bool IsMatroska(ReadOnlySpan<byte> header) => header[..4] is [0x1A, 0x45, 0xDF, 0xA3];

    private static bool IsPng(ReadOnlySpan<byte> header) => header[0] == 0x89 && header[1..].StartsWith("PNG\r\n"u8);

    private static bool IsJpeg(ReadOnlySpan<byte> header) => header[..3] is [0xFF, 0xD8, 0xFF];

    private static bool IsMpegAudio(ReadOnlySpan<byte> header) => header[0] == 0xFF && (header[1] & 0xE0) == 0xE0;

    private sealed record MediaFormat(string Type, Signature Matches);
}
