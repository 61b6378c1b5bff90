using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>What receivers hear of a job.</summary>
public sealed class JobEventTests(AzuriteFixture fixture)
{
    private const string Gate = "progress";

    [Fact]
    public async Task Job_WithFilters_TellsEveryoneWhatTheyAskedFor()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var rig = await Rig.StartInProcessAsync(
            fixture,
            ("Webhooks__ProgressInterval", "00:00:00.2"),
            ("Webhooks__Endpoints__crm__Url", receiver.AddressOf("crm").ToString()));
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.MessageStreaming, Gate = Gate }] });
        var webhooks = new WebhookCaller(rig);
        await webhooks.CreateAsync(receiver.AddressOf("ends"), "job.completed", "job.failed");

        var id = await SubmitAsync(rig, receiver.AddressOf("all"), "job.started", "job.progress", "job.completed");
        await rig.Backend.Control.WaitForGateAsync(Gate);
        await Testing.Time.Eventually.HoldsAsync(() => Types(receiver, "all").Contains("job.progress"), "progress is told");
        await rig.Backend.Control.ReleaseGateAsync(Gate);
        await rig.Jobs.WaitForCompletionAsync(id);

        await Testing.Time.Eventually.HoldsAsync(
            () => new[] { "all", "crm", "ends" }.All(name => Types(receiver, name).Contains("job.completed")), "everyone hears of the end");
        Assert.Equal(["job.completed", "job.started"], Types(receiver, "crm").Order());
        Assert.Equal(["job.completed"], Types(receiver, "ends"));
        AssertTold(receiver, id);
    }

    [Fact]
    public async Task Job_ThatFails_TellsWhyAndWhatToDo()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture);
        await using var media = await MediaServer.StartAsync();

        var id = await rig.Jobs.SubmitAsync(media.Answer("gone.mp4", 404), media.Serve("face.jpg", SampleMedia.FaceJpeg));

        var received = (await rig.Receiver.WaitForAsync(1))[0];
        var body = Body(received);
        Assert.Equal("job.failed", (string?)body["type"]);
        Assert.Equal((id, "failed"), ((string?)body["data"]!["id"], (string?)body["data"]!["status"]));
        Assert.Equal("media_unreachable", (string?)body["data"]!["error"]!["code"]);
        Assert.NotEmpty((string)body["data"]!["error"]!["remedy"]!);
        var secret = await new WebhookCaller(rig).SecretAsync("default");
        Assert.Equal([StandardWebhooksLibrary.Valid], await StandardWebhooksLibrary.AskAsync(LibraryCase.Verify(secret, received)));
    }

    private static async Task<string> SubmitAsync(Rig rig, Uri webhook, params string[] events)
    {
        var request = new JsonObject
        {
            ["webhook"] = new JsonObject { ["url"] = webhook.ToString(), ["events"] = new JsonArray([.. events.Select(type => JsonValue.Create(type))]) },
            ["metadata"] = new JsonObject { ["order"] = "42" },
        };
        using var form = new MultipartFormDataContent
        {
            { JsonContent.Create(request), "request" },
            { new ByteArrayContent(SampleMedia.Clip), "video", "clip.mp4" },
            { new ByteArrayContent(SampleMedia.FaceJpeg), "face", "face.jpg" },
        };
        var (status, body) = await rig.Jobs.PostAsync(form);
        Assert.True(status == 202, body.ToJsonString());
        return (string)body["id"]!;
    }

    private static void AssertTold(WebhookReceiver receiver, string id)
    {
        var bodies = At(receiver, "all").Select(Body).OrderBy(body => (long)body["data"]!["sequence"]!).ToList();
        Assert.Equal("job.started", (string?)bodies[0]["type"]);
        Assert.Equal("job.completed", (string?)bodies[^1]["type"]);
        Assert.All(bodies.Skip(1).SkipLast(1), body => Assert.Equal("job.progress", (string?)body["type"]));
        var data = bodies[^1]["data"]!;
        Assert.Equal((id, "completed", "42"), ((string?)data["id"], (string?)data["status"], (string?)data["metadata"]!["order"]));
        Assert.EndsWith($"/jobs/{id}/result", (string)data["links"]!["result"]!, StringComparison.Ordinal);
        Assert.Equal(["queued", "staging"], data["timeline"]!.AsArray().Take(2).Select(stage => (string)stage!["stage"]!));
        Assert.Equal(bodies.Count, At(receiver, "all").Select(message => message.Header("webhook-id")).Distinct().Count());
    }

    private static IEnumerable<ReceivedWebhook> At(WebhookReceiver receiver, string name) =>
        receiver.Received.Where(message => message.Path == $"/{name}");

    private static List<string> Types(WebhookReceiver receiver, string name) =>
        [.. At(receiver, name).Select(message => (string)Body(message)["type"]!)];

    private static JsonObject Body(ReceivedWebhook message) => JsonNode.Parse(message.Body.Span)!.AsObject();
}
