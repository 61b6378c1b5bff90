using System.Text;
using FaceSwap.Media;
using Xunit;

namespace FaceSwap.Tests.Media;

public sealed class MediaFormatTests
{
    [Theory]
    [InlineData("\0\0\0\u0020ftypisom\0\0\u0002\0", "mp4")]
    [InlineData("\0\0\0\u0020ftypmp42\0\0\0\0", "mp4")]
    [InlineData("\0\0\0\u0014ftypqt  \0\0\0\0", "mov")]
    [InlineData("RIFF\u0010\0\0\0AVI LIST", "avi")]
    [InlineData("RIFF\u0010\0\0\0WEBPVP8 ", "webp")]
    [InlineData("\u001aEß£\u009fB\u0086webm", "webm")]
    [InlineData("\u001aEß£\u009fB\u0086matroska", "mkv")]
    [InlineData("ÿØÿà\0\u0010JFIF", "jpg")]
    [InlineData("\u0089PNG\r\n\u001a\n", "png")]
    [InlineData("GIF89a", "gif")]
    [InlineData("GIF87a", "gif")]
    public void Detect_KnownStart_NamesTheFormat(string start, string extension) =>
        Assert.Equal(extension, MediaFormat.Detect(Encoding.Latin1.GetBytes(start))?.Extension);

    [Theory]
    [InlineData("")]
    [InlineData("ftyp")]
    [InlineData("<!DOCTYPE html><html>")]
    [InlineData("\0\0\0\u001cftypavif\0\0\0\0")]
    [InlineData("\0\0\0\u001cftypM4A \0\0\0\0")]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ")]
    [InlineData("\u001aEß£\u009fB\u0086other")]
    [InlineData("%PDF-1.7")]
    [InlineData("\u0089PNG")]
    public void Detect_AnythingElse_IsNull(string start) =>
        Assert.Null(MediaFormat.Detect(Encoding.Latin1.GetBytes(start)));
}
