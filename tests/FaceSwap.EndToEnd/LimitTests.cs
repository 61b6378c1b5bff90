using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>A caller's limits, counted in real storage.</summary>
public sealed class LimitTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Requests_BeyondTheMinutes_AreAnsweredWithWhenToComeAgain()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, ("Callers__RequestsPerMinute", "5"));

        // They may fall into two minutes, and not into three.
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.Jobs.Http.GetAsync("api/jobs", TestContext.Current.CancellationToken)));

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(refused.Count, 10, 15);
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
        Assert.All(answers.Except(refused), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using var health = await rig.Jobs.Http.GetAsync("api/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    // One job at a time, and the bytes of two a day.
    private static readonly (string Name, string Value)[] Limits =
        [("Callers__JobsInFlight", "1"), ("Callers__BytesPerDay", $"{SampleMedia.Clip.Length + SampleMedia.FaceJpeg.Length + 1}")];

    [Fact]
    public async Task Jobs_AtOnce_AreNoMoreThanMayBe_AndALookSaysSoToo()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, Limits);
        await using var media = await MediaServer.StartAsync();
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.MessageStreaming, Gate = "stream" }] });
        var body = BodyOf(media);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rig.Jobs.PostAsync("api/jobs", body)));
        var look = await rig.Jobs.PostAsync("api/jobs?validate_only=true", body);

        var id = (string)Assert.Single(answers, answer => answer.Status == 202).Body["id"]!;
        Assert.All(answers.Where(answer => answer.Status != 202).Append(look), answer => Assert.Equal((429, "quota_exceeded"), (answer.Status, (string?)answer.Body["code"])));
        await rig.Backend.Control.ReleaseGateAsync("stream");
        await rig.Jobs.WaitForCompletionAsync(id);
        await Eventually.HoldsAsync(async () => (await rig.Jobs.PostAsync("api/jobs", body)).Status == 202, "the next one is taken in");
    }

    [Fact]
    public async Task Bytes_ThatAreUsedUp_RefuseWhatIsNew_AndNotWhatComesAgain()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite, Limits);
        await using var media = await MediaServer.StartAsync();
        var id = await CompleteAsync(rig, media, "first");
        await CompleteAsync(rig, media, "second");

        var (again, same) = await PostAsync(rig, media, "first");
        var (refused, problem) = await PostAsync(rig, media, "third");
        var look = await rig.Jobs.PostAsync("api/jobs?validate_only=true", BodyOf(media));
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        var (withFiles, _) = await rig.Jobs.PostAsync(form);
        var (goesOn, _) = await rig.Jobs.PostAsync("api/jobs", $$"""{"continueFrom":"{{id}}","instruction":"add a title that says hello"}""");

        Assert.Equal((200, id), (again, (string?)same["id"]));
        Assert.Equal((429, "quota_exceeded"), (refused, (string?)problem["code"]));
        Assert.Equal((429, 429, 202), (look.Status, withFiles, goesOn));
    }

    // Its bytes are counted by the time that its record is there.
    private static async Task<string> CompleteAsync(Rig rig, MediaServer media, string key)
    {
        var (status, job) = await PostAsync(rig, media, key);
        Assert.True(status == 202, job.ToJsonString());
        var id = (string)job["id"]!;
        await rig.Jobs.WaitForCompletionAsync(id);
        await Eventually.HoldsAsync(async () => (await rig.Jobs.GetAsync($"api/jobs/{id}/record")).Status == 200, "its record is written");
        return id;
    }

    private static string BodyOf(MediaServer media) => new JsonObject
    {
        ["video"] = media.Serve("clip.mp4", SampleMedia.Clip).AbsoluteUri,
        ["face"] = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri,
    }.ToJsonString();

    private static Task<(int Status, JsonObject Body)> PostAsync(Rig rig, MediaServer media, string key) => rig.Jobs.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = new StringContent(BodyOf(media), Encoding.UTF8, "application/json"), Headers = { { "Idempotency-Key", key } } });
}
