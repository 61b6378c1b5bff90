using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>The contract as it is served.</summary>
public sealed class ApiContractTests(HostRigFixture fixture) : IClassFixture<HostRigFixture>
{
    private const string Replayed = "Idempotent-Replayed";

    [Fact]
    public async Task Answers_HaveTheHeadersThatTheContractPromises()
    {
        var rig = fixture.Rig;
        await using var media = await MediaServer.StartAsync();
        var contract = JsonNode.Parse(await rig.Jobs.Http.GetStringAsync("api/openapi.json", TestContext.Current.CancellationToken))!;
        var body = new JsonObject { ["video"] = media.Serve("clip.mp4", SampleMedia.Clip).AbsoluteUri, ["face"] = media.Serve("face.jpg", SampleMedia.FaceJpeg).AbsoluteUri };

        // The first answer is of a job that was just started, the last of the same one when it has ended.
        var first = await SubmitAsync(rig, body, "wait=1");
        var last = await Eventually.GivesAsync(
            async () => await SubmitAsync(rig, body, "wait=60") is { Status: 200 } answer ? answer : null, "the job has ended");

        Assert.Empty(PromisedOf(contract, 202).Except(first.Headers).Except([Replayed]));
        Assert.Empty(PromisedOf(contract, 200).Except(last.Headers));
    }

    private static IEnumerable<string> PromisedOf(JsonNode contract, int status) =>
        contract["paths"]!["/jobs"]!["post"]!["responses"]![$"{status}"]!["headers"]!.AsObject().Select(header => header.Key);

    private static async Task<Answer> SubmitAsync(Rig rig, JsonObject body, string prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/jobs")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { { "Idempotency-Key", "headers" }, { "Prefer", prefer } },
        };
        using var answer = await rig.Jobs.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer((int)answer.StatusCode, [.. answer.Headers.Select(header => header.Key)]);
    }

    [Fact]
    public async Task Contract_IsServedAsADocumentAndAsAPage()
    {
        var rig = fixture.Rig;

        using var document = await rig.Jobs.Http.GetAsync("api/openapi.json", TestContext.Current.CancellationToken);
        using var page = await rig.Jobs.Http.GetAsync("api/docs", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (document.StatusCode, page.StatusCode));
        Assert.Equal("3.1.1", (string?)JsonNode.Parse(await document.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["openapi"]);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains("submitJob", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private sealed record Answer(int Status, IReadOnlyCollection<string> Headers);
}
