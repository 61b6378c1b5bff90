using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Jobs that bring a sound along.</summary>
public sealed class AudioTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    // A silent frame of MPEG audio, layer 3, and one of AAC.
    private static readonly byte[] Mp3 = [0xFF, 0xFB, 0x90, 0x64, .. new byte[413]];
    private static readonly byte[] Aac = [0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC, .. new byte[10]];

    [Fact]
    public async Task Job_WithASound_BringsAllThreeFilesToTheBackend()
    {
        var rig = fixture.Rig;
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "face", "face.jpg" },
            { new ByteArrayContent(Mp3), "audio", "song.mp3" },
            { JsonContent.Create(JsonNode.Parse("""{"instruction":"swap the face in my video and add this music at 35 %"}""")), "request" },
        };
        var (status, started) = await rig.Jobs.PostAsync(form);
        Assert.True(status == 202, started.ToJsonString());

        var id = (string)started["id"]!;
        await rig.Jobs.WaitForCompletionAsync(id);

        var session = Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Sessions, session => session.TaskName == id);
        Assert.Equal(["video.mp4", "face.jpg", "audio.mp3"], session.Files.Select(file => file.Filename));
    }

    [Fact]
    public async Task Job_WhoseSoundIsAFace_IsRefused()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(Aac), "face", "face.jpg" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "audio", "song.mp3" },
        };

        var (status, problem) = await rig.Jobs.PostAsync(form);

        Assert.Equal((422, "unsupported_format", "The face is of the format aac."), (status, (string?)problem["code"], (string?)problem["detail"]));
    }
}
