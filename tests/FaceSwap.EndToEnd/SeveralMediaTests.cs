using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Jobs with several videos and faces.</summary>
public sealed class SeveralMediaTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    private const string Instruction = "swap the face in video with face and the one in video-2 with face-2";

    [Fact]
    public async Task Job_WithTwoVideosAndTwoFaces_BringsThemByNamesOfTheirOwn()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        var body = new JsonObject
        {
            ["videos"] = new JsonArray(media.Serve("one.mp4", SampleMedia.Clip).AbsoluteUri, media.Serve("two.mp4", SampleMedia.Clip).AbsoluteUri),
            ["faces"] = new JsonArray(media.Serve("ada.jpg", SampleMedia.FaceJpeg).AbsoluteUri, media.Serve("bob.png", SampleMedia.FacePng).AbsoluteUri),
            ["instruction"] = Instruction,
            ["output"] = new JsonObject { ["format"] = "mp4", ["quality"] = "high" },
        }.ToJsonString();
        var (looked, valid) = await rig.Jobs.PostAsync("api/jobs?validate_only=true", body);
        var (status, started) = await rig.Jobs.PostAsync("api/jobs", body);
        Assert.True((looked, status) == (200, 202), started.ToJsonString());

        var id = (string)started["id"]!;
        await rig.Jobs.WaitForCompletionAsync(id);

        Assert.Equal(("video/mp4", "image/jpeg"), ((string?)valid["video"], (string?)valid["face"]));
        Assert.Equal(["video/mp4", "image/png"], valid["more"]!.AsArray().Select(type => (string?)type));
        var session = Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Sessions, session => session.TaskName == id);
        Assert.Equal(["video.mp4", "face.jpg", "video-2.mp4", "face-2.png"], session.Files.Select(file => file.Filename));
        var record = await Eventually.GivesAsync(
            async () => await rig.Jobs.GetAsync($"api/jobs/{id}/record") is (200, var written) ? written : null, "the record is written");
        Assert.Equal(
            [Convert.ToHexStringLower(SHA256.HashData(SampleMedia.Clip)), Convert.ToHexStringLower(SHA256.HashData(SampleMedia.FacePng))],
            record["more"]!.AsArray().Select(file => (string?)file!["sha256"]));
    }

    [Fact]
    public async Task Form_WithTwoFaces_IsOneJob_AsOftenAsItComes()
    {
        var rig = fixture.Rig;

        var (first, job) = await PostAsync(rig, SampleMedia.FaceJpeg, SampleMedia.FacePng);
        var (second, again) = await PostAsync(rig, SampleMedia.FaceJpeg, SampleMedia.FacePng);
        var (third, other) = await PostAsync(rig, SampleMedia.FacePng, SampleMedia.FaceJpeg);
        var id = (string)job["id"]!;
        await rig.Jobs.WaitForCompletionAsync(id);

        Assert.Equal((202, 422, "idempotency_key_reused"), (first, third, (string?)other["code"]));
        Assert.True(second is 200 or 202, again.ToJsonString());
        Assert.Equal(id, (string?)again["id"]);
        var session = Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Sessions, session => session.TaskName == id);
        Assert.Equal(["video.mp4", "face.jpg", "face-2.png"], session.Files.Select(file => file.Filename));
        Assert.Equal(
            ["face-2.png", "face.jpg", "video.mp4"],
            (await rig.Container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"jobs/{id}/input/" }, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken)).Select(blob => Path.GetFileName(blob.Name)).Order(StringComparer.Ordinal));
    }

    private static async Task<(int Status, JsonObject Body)> PostAsync(Rig rig, byte[] one, byte[] two)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(one), "face", "one" },
            { new ByteArrayContent(two), "face", "two" },
            { JsonContent.Create(JsonNode.Parse("""{"instruction":"swap the left face with face and the right one with face-2"}""")), "request" },
        };
        return await rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = form, Headers = { { "Idempotency-Key", "two-faces" } } });
    }
}
