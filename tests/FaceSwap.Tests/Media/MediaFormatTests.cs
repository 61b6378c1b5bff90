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
    [InlineData("ID3\u0004\0\0", "mp3")]
    [InlineData("ÿû\u0090d", "mp3")]
    [InlineData("ÿó\u0040Ä", "mp3")]
    [InlineData("RIFF\u0010\0\0\0WAVEfmt ", "wav")]
    [InlineData("\0\0\0\u001cftypM4A \0\0\0\0", "m4a")]
    [InlineData("\0\0\0\u001cftypM4B \0\0\0\0", "m4a")]
    [InlineData("ÿñP\u0080", "aac")]
    [InlineData("ÿùP\u0080", "aac")]
    public void Detect_KnownStart_NamesTheFormat(string start, string extension) =>
        Assert.Equal(extension, MediaFormat.Detect(Encoding.Latin1.GetBytes(start))?.Extension);

    [Theory]
    [InlineData("")]
    [InlineData("ftyp")]
    [InlineData("<!DOCTYPE html><html>")]
    [InlineData("\0\0\0\u001cftypavif\0\0\0\0")]
    [InlineData("RIFF\u0010\0\0\0RMIDdata")]
    [InlineData("ÿ")]
    [InlineData("ÿß\u0090d")]
    [InlineData("ÿà\u0090d")]
    [InlineData("ÿê\u0090d")]
    [InlineData("\u001aEß£\u009fB\u0086other")]
    [InlineData("%PDF-1.7")]
    [InlineData("\u0089PNG")]
    public void Detect_AnythingElse_IsNull(string start) =>
        Assert.Null(MediaFormat.Detect(Encoding.Latin1.GetBytes(start)));
}
