using System.Globalization;

namespace FaceSwap.Demo;

/// <summary>What an MP4 file says about itself.</summary>
/// <param name="Codec">The video's codec, by its common name where it has one.</param>
/// <param name="Bytes">The file's size.</param>
internal sealed record Mp4Facts(string Codec, int Width, int Height, TimeSpan Duration, long Bytes)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Codec}, {Width}×{Height}, {Duration.TotalSeconds:0.0} s, {Bytes / 1024.0:0} KiB");
}
