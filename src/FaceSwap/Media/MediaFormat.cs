using System.Text;

namespace FaceSwap.Media;

/// <summary>A media format as its first bytes show it; the name of a file decides nothing.</summary>
/// <param name="Extension">The usual file extension, without a dot.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Kind">What it holds.</param>
public sealed record MediaFormat(string Extension, string ContentType, MediaKind Kind)
{
    /// <summary>How many first bytes <see cref="Detect"/> wants to see.</summary>
    public const int SniffBytes = 64;

    private static readonly MediaFormat Mp4 = new("mp4", "video/mp4", MediaKind.Video);
    private static readonly MediaFormat Mov = new("mov", "video/quicktime", MediaKind.Video);
    private static readonly MediaFormat Avi = new("avi", "video/x-msvideo", MediaKind.Video);
    private static readonly MediaFormat WebM = new("webm", "video/webm", MediaKind.Video);
    private static readonly MediaFormat Mkv = new("mkv", "video/x-matroska", MediaKind.Video);
    private static readonly MediaFormat Jpg = new("jpg", "image/jpeg", MediaKind.Picture);
    private static readonly MediaFormat Png = new("png", "image/png", MediaKind.Picture);
    private static readonly MediaFormat Gif = new("gif", "image/gif", MediaKind.Picture);
    private static readonly MediaFormat WebP = new("webp", "image/webp", MediaKind.Picture);

    private static readonly MediaFormat Mp3 = new("mp3", "audio/mpeg", MediaKind.Audio);
    private static readonly MediaFormat Wav = new("wav", "audio/wav", MediaKind.Audio);
    private static readonly MediaFormat M4a = new("m4a", "audio/mp4", MediaKind.Audio);
    private static readonly MediaFormat Aac = new("aac", "audio/aac", MediaKind.Audio);

    // Brands of still pictures share the ISO container with video but are none.
    private static readonly string[] PictureBrands = ["avif", "avis", "heic", "heix", "mif1", "msf1"];

    private static readonly string[] Taken = [.. new[] { Mp4, Mov, Avi, WebM, Mkv, Jpg, Png, Gif, WebP, Mp3, Wav, M4a, Aac }.Select(format => format.ContentType)];

    /// <summary>Whether a media type is that of a format which jobs take.</summary>
    public static bool IsTaken(string contentType) => Taken.Contains(contentType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The format of a video, a picture or a sound, or null when it is none that the backend takes.</summary>
    public static MediaFormat? Detect(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8))
        {
            return DetectIso(Encoding.ASCII.GetString(start[8..12]));
        }

        if (start.Length >= 12 && start.StartsWith("RIFF"u8))
        {
            return start[8..12].SequenceEqual("AVI "u8) ? Avi
                : start[8..12].SequenceEqual("WEBP"u8) ? WebP
                : start[8..12].SequenceEqual("WAVE"u8) ? Wav
                : null;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return start.IndexOf("webm"u8) >= 0 ? WebM : start.IndexOf("matroska"u8) >= 0 ? Mkv : null;
        }

        return DetectPicture(start) ?? DetectStream(start);
    }

    private static MediaFormat? DetectIso(string brand) =>
        brand == "qt  " ? Mov : brand is "M4A " or "M4B " ? M4a : PictureBrands.Contains(brand) ? null : Mp4;

    private static MediaFormat? DetectPicture(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return Jpg;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return Png;
        }

        return start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? Gif : null;
    }

    // Sound as frames one after another: each begins with eleven or twelve set bits, then the layer, which AAC leaves at zero.
    private static MediaFormat? DetectStream(ReadOnlySpan<byte> start) =>
        start.StartsWith("ID3"u8) ? Mp3
        : start is not [0xFF, var second, ..] || second < 0xE0 ? null
        : (second & 0xF6) == 0xF0 ? Aac
        : (second & 0x06) != 0 && (second & 0x18) != 0x08 ? Mp3
        : null;
}

/// <summary>What a media file holds.</summary>
public enum MediaKind
{
    Video,
    Picture,
    Audio,
}
