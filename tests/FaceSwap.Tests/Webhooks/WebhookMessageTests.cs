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

    private static WebhookMessage Completed(JobView view) => WebhookMessage.Of(WebhookEventTypes.JobCompleted, Submitted.AddMinutes(1), view);

    private static StageEntry[] Timeline(int entries) => [.. Enumerable.Range(0, entries).Select(second => new StageEntry(JobStage.Rendering, Submitted.AddSeconds(second)))];

    private static JobView View() => new(
        "job_1", JobStage.Completed, 100, null, null, Submitted, Timeline(3), null, null, null, null, JobLinks.Of("https://example.com/api", "job_1", true));
}
