using FaceSwap.Demo;
using Xunit;

namespace FaceSwap.Tests.Demo;

public sealed class Mp4ReaderTests : IDisposable
{
    private static readonly string Clip = Path.Combine(AppContext.BaseDirectory, "Demo", "clip.mp4");

    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Read_TheShippedClip_TellsItsFacts() => Assert.Equal(
        new Mp4Facts("H.264", 640, 360, TimeSpan.FromSeconds(4), new FileInfo(Clip).Length),
        Mp4Reader.Read(Clip));

    [Theory]
    [InlineData("this is no MP4 at all, only text", "no moov box")]
    [InlineData("", "no moov box")]
    public void Read_AnotherFile_SaysSo(string content, string reason)
    {
        File.WriteAllText(_path, content);

        Assert.Contains(reason, Assert.Throws<DemoException>(() => Mp4Reader.Read(_path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ADamagedTrack_SaysSo()
    {
        var bytes = File.ReadAllBytes(Clip);
        "stsX"u8.CopyTo(bytes.AsSpan(bytes.AsSpan().IndexOf("stsd"u8)));
        File.WriteAllBytes(_path, bytes);

        Assert.Contains("no stsd box", Assert.Throws<DemoException>(() => Mp4Reader.Read(_path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);
}
