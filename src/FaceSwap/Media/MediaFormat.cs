using System.Text;

namespace FaceSwap.Media;

/// <summary>A media format as its first bytes show it; the name of a file decides nothing.</summary>
/// <param name="Extension">The usual file extension, without a dot.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="IsPicture">Whether it can be a face.</param>
public sealed record MediaFormat(string Extension, string ContentType, bool IsPicture)
{
    /// <summary>How many first bytes <see cref="Detect"/> wants to see.</summary>
    public const int SniffBytes = 64;

    private static readonly MediaFormat Mp4 = new("mp4", "video/mp4", false);
    private static readonly MediaFormat Mov = new("mov", "video/quicktime", false);
    private static readonly MediaFormat Avi = new("avi", "video/x-msvideo", false);
    private static readonly MediaFormat WebM = new("webm", "video/webm", false);
    private static readonly MediaFormat Mkv = new("mkv", "video/x-matroska", false);
    private static readonly MediaFormat Jpg = new("jpg", "image/jpeg", true);
    private static readonly MediaFormat Png = new("png", "image/png", true);
    private static readonly MediaFormat Gif = new("gif", "image/gif", true);
    private static readonly MediaFormat WebP = new("webp", "image/webp", true);

    // Brands of still pictures and of sound share the ISO container with video but are none.
    private static readonly string[] NoVideoBrands = ["avif", "avis", "heic", "heix", "mif1", "msf1", "M4A ", "M4B "];

    private static readonly string[] Taken = [.. new[] { Mp4, Mov, Avi, WebM, Mkv, Jpg, Png, Gif, WebP }.Select(format => format.ContentType)];

    /// <summary>Whether a media type is that of a format which jobs take.</summary>
    public static bool IsTaken(string contentType) => Taken.Contains(contentType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The format of a video or picture, or null when it is none that the backend takes.</summary>
    public static MediaFormat? Detect(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8))
        {
            return DetectIso(Encoding.ASCII.GetString(start[8..12]));
        }

        if (start.Length >= 12 && start.StartsWith("RIFF"u8))
        {
            return start[8..12].SequenceEqual("AVI "u8) ? Avi : start[8..12].SequenceEqual("WEBP"u8) ? WebP : null;
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return start.IndexOf("webm"u8) >= 0 ? WebM : start.IndexOf("matroska"u8) >= 0 ? Mkv : null;
        }

        return DetectPicture(start);
    }

    private static MediaFormat? DetectIso(string brand) =>
        brand == "qt  " ? Mov : NoVideoBrands.Contains(brand) ? null : Mp4;

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
}
