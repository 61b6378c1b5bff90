using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>Requests that come more than once under one <c>Idempotency-Key</c>.</summary>
public sealed class IdempotencyTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    private const int AtOnce = 100;

    [Fact]
    public async Task Job_PostedAHundredTimesAtOnce_IsOneJobAndOneCharge()
    {
        await using var rig = await Rig.StartInProcessAsync(azurite);
        var before = await NamesAsync(rig);
        var key = TestContext.Current.Test!.UniqueID;

        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SubmitAsync(rig, key)));

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 202, answer.Body.ToJsonString()));
        var id = Assert.Single(answers.Select(answer => (string)answer.Body["id"]!).Distinct());
        Assert.Single(answers, answer => !answer.IsReplay);
        await rig.CompletedOnceAsync(id);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);

        // Its record beside the files, and nothing of the ninety-nine.
        Assert.All((await NamesAsync(rig)).Except(before), name => Assert.StartsWith($"jobs/{id}/", name, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Rig rig) =>
        await rig.Container.GetBlobsAsync(new() { Prefix = "jobs/" }, TestContext.Current.CancellationToken).Select(blob => blob.Name).ToListAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Job_PostedAgainAfterItsEndAndARestart_IsTheSameJob()
    {
        await using var rig = await Rig.StartAsync(azurite);
        var key = TestContext.Current.Test!.UniqueID;
        var (status, first, isReplay) = await SubmitAsync(rig, key);
        Assert.Equal((202, false), (status, isReplay));
        await rig.CompletedOnceAsync((string)first["id"]!);
        await rig.Host.KillAsync();
        await rig.Host.StartAsync();

        var (again, second, replayed) = await SubmitAsync(rig, key);
        var (other, problem, _) = await SubmitAsync(rig, key, [.. SampleMedia.Clip, 0]);

        Assert.Equal((200, "completed", true), (again, (string?)second["status"], replayed));
        Assert.Equal((string?)first["id"], (string?)second["id"]);
        Assert.Equal((422, "idempotency_key_reused"), (other, (string?)problem["code"]));
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Form_WithAddresses_IsTheSameRequestOnlyWithTheSameOnes()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        var (one, other) = (media.Serve("one.mp4", SampleMedia.Clip).AbsoluteUri, media.Serve("other.mp4", SampleMedia.Clip).AbsoluteUri);
        var face = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri;
        Task<(int Status, JsonObject Body)> FormAsync(string key, params (string Name, object Content)[] parts) => PostFormAsync(rig, key, parts);

        var (_, first) = await FormAsync("text", ("video", one), ("face", face));
        var (_, mixed) = await FormAsync("mixed", ("video", one), ("face", SampleMedia.FaceJpeg));
        var (id, mixedId) = ((string)first["id"]!, (string)mixed["id"]!);
        (int, string?)[] different =
        [
            await CodeAsync(FormAsync("text", ("video", other), ("face", face))),
            await CodeAsync(FormAsync("text", ("video", one), ("face", "upload_00000000000000000000000000000000"))),
            await CodeAsync(FormAsync("text", ("video", one))),
            await CodeAsync(FormAsync("text", ("video", one), ("video", other), ("face", face))),
            await CodeAsync(FormAsync("mixed", ("video", other), ("face", SampleMedia.FaceJpeg))),
            await CodeAsync(FormAsync("mixed", ("face", SampleMedia.FaceJpeg))),
        ];
        var sameForm = await FormAsync("text", ("face", face), ("video", one));
        var sameMixed = await FormAsync("mixed", ("face", SampleMedia.FaceJpeg), ("video", one));
        var sameJson = await rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/jobs")
        {
            Content = JsonContent.Create(new JsonObject { ["video"] = one, ["face"] = face }),
            Headers = { { "Idempotency-Key", "text" } },
        });

        Assert.All(different, answer => Assert.Equal((422, "idempotency_key_reused"), answer));
        Assert.Equal([id, mixedId, id], new[] { sameForm, sameMixed, sameJson }.Select(answer => (string?)answer.Body["id"]));
        await rig.Jobs.WaitForCompletionAsync(id);
        await rig.Jobs.WaitForCompletionAsync(mixedId);
    }

    private static async Task<(int Status, string? Code)> CodeAsync(Task<(int Status, JsonObject Body)> answer) => ((await answer).Status, (string?)(await answer).Body["code"]);

    private static async Task<(int Status, JsonObject Body)> PostFormAsync(Rig rig, string key, IEnumerable<(string Name, object Content)> parts)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, content) in parts)
        {
            if (content is byte[] file)
            {
                form.Add(new ByteArrayContent(file), name, name);
            }
            else
            {
                form.Add(new StringContent((string)content), name);
            }
        }

        return await rig.Jobs.SendAsync(new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = form, Headers = { { "Idempotency-Key", key } } });
    }

    [Fact]
    public async Task Message_SentTwice_IsOneEdit()
    {
        var rig = fixture.Rig;
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);
        var before = (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count;
        var key = TestContext.Current.Test!.UniqueID;

        var (_, first, _) = await SayAsync(rig, id, "make it warmer", key);
        await rig.Jobs.WaitForCompletionAsync((string)first["job"]!["id"]!);
        var (status, second, isReplay) = await SayAsync(rig, id, "make it warmer", key);
        var (other, problem, _) = await SayAsync(rig, id, "make it colder", key);

        Assert.Equal((200, true), (status, isReplay));
        Assert.Equal(((string?)first["job"]!["id"], "completed"), ((string?)second["job"]!["id"], (string?)second["job"]!["status"]));
        Assert.Equal((422, "idempotency_key_reused"), (other, (string?)problem["code"]));
        Assert.Equal(before + 1, (await rig.Backend.Control.ReadLedgerAsync()).Messages.Count);
    }

    [Fact]
    public async Task Key_ThatIsNone_IsRefusedAndStartsNothing()
    {
        var rig = fixture.Rig;
        var before = (await rig.Backend.Control.ReadLedgerAsync()).Sessions.Count;

        var (status, problem, _) = await SubmitAsync(rig, new string('k', 256));

        Assert.Equal((422, "invalid_request"), (status, (string?)problem["code"]));
        Assert.Contains("Idempotency-Key", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Equal(before, (await rig.Backend.Control.ReadLedgerAsync()).Sessions.Count);
    }

    private static async Task<(int Status, JsonObject Body, bool IsReplay)> SubmitAsync(Rig rig, string key, byte[]? video = null)
    {
        using var form = rig.Jobs.Form(("video", "clip.mp4", video ?? SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs") { Content = form };
        return await SendAsync(rig, request, key);
    }

    private static async Task<(int Status, JsonObject Body, bool IsReplay)> SayAsync(Rig rig, string id, string text, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/jobs/{id}/messages") { Content = JsonContent.Create(new JsonObject { ["text"] = text }) };
        return await SendAsync(rig, request, key);
    }

    private static async Task<(int Status, JsonObject Body, bool IsReplay)> SendAsync(Rig rig, HttpRequestMessage request, string key)
    {
        request.Headers.Add("Idempotency-Key", key);
        using var response = await rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return ((int)response.StatusCode, body, Replayed(response.Headers));
    }

    private static bool Replayed(HttpResponseHeaders headers) => headers.TryGetValues("Idempotent-Replayed", out var values) && values.Single() == "true";
}
