using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.EndToEnd.Webhooks;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>What holds for the answers of every route, whatever they say.</summary>
public sealed class AnswerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Get_OfEveryRoute_IsNotToBeStoredAndIsAnsweredToHeadToo()
    {
        await using var rig = await Rig.StartAsync(azurite);
        using var caller = CallerOf(rig);
        var webhooks = new WebhookCaller(rig);
        var id = await rig.Jobs.SubmitAsync();
        await rig.CompletedOnceAsync(id);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var delivery = await webhooks.TestAsync(endpoint);
        (string Path, int Status)[] routes =
        [
            ("health", 200),
            ("credits", 200),
            ($"jobs/{id}", 200),
            ($"jobs/{id}/result", 302),
            ($"jobs/{id}/result?redirect=false", 200),
            ("jobs/unknown", 404),
            ("webhook-endpoints", 200),
            ($"webhook-endpoints/{endpoint}", 200),
            ($"webhook-endpoints/{endpoint}/secret", 200),
            ($"webhook-endpoints/{endpoint}/deliveries", 200),
            ($"webhook-endpoints/{endpoint}/deliveries/{delivery}", 200),
        ];
        foreach (var (path, status) in routes)
        {
            using var answer = await SendAsync(caller, HttpMethod.Get, path);
            using var head = await SendAsync(caller, HttpMethod.Head, path);

            Assert.Equal((path, status, "no-store"), (path, (int)answer.StatusCode, answer.Headers.CacheControl?.ToString()));
            Assert.Equal((path, status, "no-store"), (path, (int)head.StatusCode, head.Headers.CacheControl?.ToString()));
            Assert.Equal(answer.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Equal(answer.Headers.Location is null, head.Headers.Location is null);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        LogAssert.NothingUnexpected(rig.Log);
    }

    [Fact]
    public async Task Accepted_ByAnyRoute_SaysWhereToFollowIt()
    {
        await using var rig = await Rig.StartAsync(azurite);
        using var caller = CallerOf(rig);
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        using var submitted = await caller.PostAsync("jobs", form, TestContext.Current.CancellationToken);
        var id = await FollowsAsync(rig, submitted, job => job);
        await rig.CompletedOnceAsync(id);

        using var edit = await SendAsync(caller, HttpMethod.Post, $"jobs/{id}/messages", new JsonObject { ["text"] = "make it warmer" });
        await rig.Jobs.WaitForCompletionAsync(await FollowsAsync(rig, edit, answer => answer["job"]!));
        var endpoint = await new WebhookCaller(rig).CreateAsync(rig.Receiver.Address);
        using var test = await SendAsync(caller, HttpMethod.Post, $"webhook-endpoints/{endpoint}/test");
        var delivery = await FollowsAsync(rig, test, answer => answer);
        using var redelivery = await SendAsync(caller, HttpMethod.Post, $"webhook-endpoints/{endpoint}/deliveries/{delivery}/redeliver");
        Assert.Equal(delivery, await FollowsAsync(rig, redelivery, answer => answer));
        using var recovery = await SendAsync(
            caller, HttpMethod.Post, $"webhook-endpoints/{endpoint}/recover", new JsonObject { ["since"] = "2026-01-01T00:00:00Z" });
        Assert.Equal(202, (int)recovery.StatusCode);
        Assert.EndsWith($"/api/webhook-endpoints/{endpoint}/deliveries", recovery.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_OfARequestUnderAForgedHost_AreRefusedBeforeAnythingHappens()
    {
        await using var rig = await Rig.StartAsync(azurite);
        using var caller = CallerOf(rig);
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhook-endpoints")
        {
            Content = JsonContent.Create(new JsonObject { ["url"] = rig.Receiver.Address.ToString() }),
            Headers = { Host = "forged.example" },
        };

        using var response = await caller.SendAsync(request, TestContext.Current.CancellationToken);

        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.Equal((422, "invalid_request"), ((int)response.StatusCode, (string?)problem!["code"]));
        Assert.Contains("Api__BaseUrl", (string?)problem["remedy"], StringComparison.Ordinal);
        Assert.Single((await new WebhookCaller(rig).GetAsync(""))["endpoints"]!.AsArray());
    }

    [Theory]
    [InlineData("Api__BaseUrl", "https://swap.example.com/api/", "https://swap.example.com/api")]
    [InlineData("WEBSITE_HOSTNAME", "swap.azurewebsites.net", "https://swap.azurewebsites.net/api")]
    public void Links_WhereThePublicAddressIsKnown_BeginWithIt(string setting, string value, string expected)
    {
        using var app = ProductHost.Build(azurite.Azurite, settings: (setting, value));
        var http = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("forged.example"), Path = "/api/webhook-endpoints" } };

        Assert.Equal(expected, app.Services.GetRequiredService<ApiAddress>().Of(http.Request));
    }

    /// <summary>A caller that goes nowhere by itself.</summary>
    private static HttpClient CallerOf(Rig rig)
    {
        var caller = rig.CreateClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        caller.BaseAddress = new Uri(rig.Address, "api/");
        return caller;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient caller, HttpMethod method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await caller.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads where an accepted request can be followed, which must answer, and returns the id of what it started.</summary>
    private static async Task<string> FollowsAsync(Rig rig, HttpResponseMessage accepted, Func<JsonNode, JsonNode> started)
    {
        var body = await accepted.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        Assert.True((int)accepted.StatusCode == 202, body!.ToJsonString());
        var id = (string)started(body!)["id"]!;
        using var followed = await rig.Jobs.Http.GetAsync(accepted.Headers.Location, TestContext.Current.CancellationToken);
        Assert.Equal((200, id), ((int)followed.StatusCode, (string?)(await followed.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]));
        return id;
    }
}
