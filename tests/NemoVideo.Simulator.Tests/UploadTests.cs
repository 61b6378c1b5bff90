using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Tests.Drivers;
using Xunit;

namespace NemoVideo.Simulator.Tests;

public sealed class UploadTests(SimulatorFixture fixture)
{
    [Fact]
    public async Task Upload_OfRealMedia_ReportsTheirFacts()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);

        var answer = await caller.UploadAsync(("again.MP4", SampleMedia.Clip), ("face.png", SampleMedia.FacePng));

        var files = answer["data"]!["files"]!.AsArray();
        Assert.Equal((2.0, 320, 240), ((double)files[0]!["duration"]!, (int)files[0]!["width"]!, (int)files[0]!["height"]!));
        Assert.Equal(("image", 128, 160), ((string)files[1]!["file_type"]!, (int)files[1]!["width"]!, (int)files[1]!["height"]!));
    }

    [Fact]
    public async Task Upload_FromAnAddress_IsFetched()
    {
        await using var media = await MediaServer.StartAsync();
        var address = media.Redirect("moved.mp4", media.Serve("clip.mp4", SampleMedia.Clip));
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);

        var answer = await caller.UploadAddressAsync(address);

        Assert.Equal("moved.mp4", (string)answer["data"]!["files"]![0]!["filename"]!);
        Assert.Equal(["GET /moved.mp4", "GET /clip.mp4"], media.Requests);
    }

    [Theory]
    [InlineData("clip.exe", 4001)]
    [InlineData("clip.png", 4001)]
    [InlineData("large.mp4", 4002)]
    public async Task Upload_ThatIsNoMediumOrTooLarge_IsRefused(string name, int code)
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        byte[] content = [.. SampleMedia.Clip, .. new byte[code == 4002 ? 300_000 : 0]];

        Assert.Equal(code, (int)(await caller.UploadAsync((name, content)))["code"]!);
    }
}
