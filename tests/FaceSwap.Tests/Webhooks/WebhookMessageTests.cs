using System.Text;
using System.Text.Json.Nodes;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

public sealed class WebhookMessageTests
{
    private const int MostBytes = 20_000;
    private static readonly DateTimeOffset Submitted = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly WebhookTarget Target = new("default", "whe_1", null, null);

    [Fact]
    public void Of_TheSameEvent_GivesTheSameMessageAndDelivery()
    {
        var (first, second) = (Completed(View()), Completed(View()));

        Assert.Equal(first, second);
        Assert.Equal("msg_job_1_completed", first.Id);
        Assert.Equal(DeliveryKey.Of(Target, first), DeliveryKey.Of(Target, second));
        Assert.NotEqual(DeliveryKey.Of(Target, first), DeliveryKey.Of(Target with { Owner = "other" }, first));
        Assert.Equal(60_000, (int)JsonNode.Parse(first.Body)!["data"]!["sequence"]!);
    }

    [Fact]
    public void Of_AtTheLimitsOfASubmission_KeepsTheMetadata()
    {
        var metadata = Enumerable.Range(0, 16).ToDictionary(number => $"{number:d64}", _ => new string('ü', 256) + new string('x', 40));
        var body = Completed(View() with { Metadata = metadata, Timeline = Timeline(200) }).Body;

        Assert.InRange(Encoding.UTF8.GetByteCount(body), 10_000, MostBytes - 1);
        var data = JsonNode.Parse(body)!["data"]!;
        Assert.Equal(16, data["metadata"]!.AsObject().Count);
        Assert.Equal(12, data["timeline"]!.AsArray().Count);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('日')]
    [InlineData('\u0001')]
    public void Of_WhateverIsInIt_StaysUnderTwentyKilobytes(char letter)
    {
        var text = new string(letter, 20_000);
        var metadata = Enumerable.Range(0, 16).ToDictionary(number => $"{number:d64}", _ => text[..512]);
        var view = View() with
        {
            Metadata = metadata,
            Timeline = Timeline(500),
            Note = text,
            Edit = new JobEdit(text, [.. Enumerable.Repeat(text, 20)], text),
            Error = new JobErrorView(ErrorCodes.RenderFailed, text, "Try again."),
        };

        Assert.InRange(Encoding.UTF8.GetByteCount(Completed(view).Body), 1, MostBytes - 1);
    }

    [Fact]
    public void Of_WhatFits_LeavesEverythingAsItIs()
    {
        var text = new string('x', 600);
        var edit = new JobEdit(text, [.. Enumerable.Repeat(text, 6)], text);
        var view = View() with { Note = text, Timeline = Timeline(20), Edit = edit, Error = new JobErrorView(ErrorCodes.RenderFailed, text, "Try again.") };

        var data = Data(view);

        Assert.All(Texts(data), kept => Assert.Equal(text, kept));
        Assert.Equal(6, data["edit"]!["changes"]!.AsArray().Count);
        Assert.Equal(20, data["timeline"]!.AsArray().Count);
    }

    [Fact]
    public void Of_WhatIsTooLong_GivesUpFirstWhatIsMissedLeast()
    {
        var (text, cut) = (new string('x', 501), new string('x', 500) + "…");
        var edit = new JobEdit(text, [.. Enumerable.Repeat(text, 40)], text);
        var error = new JobErrorView(ErrorCodes.RenderFailed, text, "Try again.");
        var metadata = Metadata('x');

        var shortened = Data(View() with { Note = text, Edit = edit, Error = error, Timeline = Timeline(20), Metadata = Metadata('x', 2) });
        Assert.All(Texts(shortened), kept => Assert.Equal(cut, kept));
        Assert.Equal("Try again.", (string?)shortened["error"]!["remedy"]);
        Assert.Equal(Enumerable.Repeat(cut, 5), shortened["edit"]!["changes"]!.AsArray().Select(change => (string?)change));
        Assert.Equal(20, shortened["timeline"]!.AsArray().Count);

        var recent = Data(View() with { Edit = edit, Timeline = Timeline(200), Metadata = metadata });
        Assert.Equal(Timeline(200).TakeLast(12).Select(entry => entry.At), recent["timeline"]!.AsArray().Select(entry => (DateTimeOffset)entry!["at"]!));
        Assert.Equal(cut, (string?)recent["edit"]!["timeline"]);

        var wordless = Data(View() with { Edit = new JobEdit(Wide(), [.. Enumerable.Repeat(Wide(), 5)], Wide()), Timeline = Timeline(20), Metadata = metadata });
        Assert.Null(wordless["edit"]);
        Assert.Equal(16, wordless["metadata"]!.AsObject().Count);

        var bare = Data(View() with { Metadata = Metadata('\u0001') });
        Assert.Null(bare["metadata"]);
        Assert.Equal("job_1", (string?)bare["id"]);

        static string Wide() => new('日', 500);
    }

    [Fact]
    public void Of_AByteMoreThanFits_IsCut()
    {
        var room = MostBytes - 1 - Encoding.UTF8.GetByteCount(Completed(View() with { Note = "" }).Body);

        Assert.Equal(MostBytes - 1, Encoding.UTF8.GetByteCount(Completed(View() with { Note = new string('x', room) }).Body));
        Assert.Equal(501, ((string?)Data(View() with { Note = new string('x', room + 1) })["note"])!.Length);
    }

    [Fact]
    public void Of_Progress_IsNumberedInItsId()
    {
        Assert.Equal("msg_job_1_progress_7", WebhookMessage.Of(WebhookEventTypes.JobProgress, Submitted, View(), 7).Id);
        Assert.Equal(0, (int)JsonNode.Parse(WebhookMessage.Of(WebhookEventTypes.JobProgress, Submitted.AddSeconds(-1), View(), 7).Body)!["data"]!["sequence"]!);
    }

    [Fact]
    public void Test_SaysThatItIsOne()
    {
        var id = Guid.Parse("00112233445566778899aabbccddeeff");

        Assert.Equal(
            new WebhookMessage(
                "msg_test_00112233445566778899aabbccddeeff",
                "webhook.test",
                Submitted,
                null,
                """{"type":"webhook.test","timestamp":"2026-01-01T00:00:00+00:00","data":{"endpointId":"whe_1","note":"This is a test: nothing happened."}}"""),
            WebhookMessage.Test("whe_1", id, Submitted));
    }

    [Fact]
    public void DeliveryKey_LaterMessages_SortBeforeEarlierOnes()
    {
        var keys = Enumerable.Range(0, 3)
            .Select(hour => DeliveryKey.Of(Target, Completed(View()) with { At = Submitted.AddHours(hour) }).Id)
            .ToList();

        Assert.Equal(keys.AsEnumerable().Reverse(), keys.Order(StringComparer.Ordinal));
        Assert.All(keys, id => Assert.True(DeliveryKey.IsValid(id)));
        Assert.Equal([false, true, true], keys.Select(id => DeliveryKey.IsSince(id, Submitted.AddHours(1))));
    }

    [Theory]
    [InlineData(null, WebhookEventTypes.JobProgress, false)]
    [InlineData(null, WebhookEventTypes.JobStarted, true)]
    [InlineData(WebhookEventTypes.JobProgress, WebhookEventTypes.JobProgress, true)]
    [InlineData(WebhookEventTypes.JobFailed, WebhookEventTypes.JobCompleted, false)]
    [InlineData(WebhookEventTypes.JobFailed, WebhookEventTypes.Test, true)]
    public void Hears_ByItsFilter_WhatItAskedFor(string? filter, string type, bool expected) =>
        Assert.Equal(expected, (Target with { Events = filter is null ? null : [filter] }).Hears(type));

    private static string?[] Texts(JsonNode data) =>
        [(string?)data["note"], (string?)data["edit"]!["timeline"], (string?)data["edit"]!["reply"], (string?)data["error"]!["detail"]];

    private static JsonNode Data(JobView view) => JsonNode.Parse(Completed(view).Body)!["data"]!;

    private static Dictionary<string, string> Metadata(char letter, int entries = 16) =>
        Enumerable.Range(0, entries).ToDictionary(number => $"{number:d64}", _ => new string(letter, 512));

    private static WebhookMessage Completed(JobView view) => WebhookMessage.Of(WebhookEventTypes.JobCompleted, Submitted.AddMinutes(1), view);

    private static StageEntry[] Timeline(int entries) => [.. Enumerable.Range(0, entries).Select(second => new StageEntry(JobStage.Rendering, Submitted.AddSeconds(second)))];

    private static JobView View() => new(
        "job_1", JobStage.Completed, 100, null, null, Submitted, Submitted, Timeline(3), null, null, null, null, JobLinks.Of("https://example.com/api", "job_1", true));
}
