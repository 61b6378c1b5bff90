using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Network;
using FaceSwap.Webhooks;
using Microsoft.Extensions.Options;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>What operators and callers may say of webhooks.</summary>
public sealed class WebhookOptionsTests
{
    [Fact]
    public void Defaults_AreValidAndAsDocumented()
    {
        var options = new WebhookOptions();

        Assert.Empty(Problems(options));
        Assert.Equal(10, options.Waits().Count);
        Assert.Equal(
            (TimeSpan.FromSeconds(15), TimeSpan.FromHours(24), TimeSpan.FromSeconds(10), TimeSpan.FromHours(24), 20),
            (options.Timeout, options.LongestRetryAfter, options.ProgressInterval, options.RotationOverlap, options.MostEndpoints));
        Assert.InRange(options.Waits().Aggregate((sum, wait) => sum + wait), TimeSpan.FromHours(72), TimeSpan.FromHours(78));
    }

    [Fact]
    public void Schedule_WithSpaces_IsRead() => Assert.Equal(
        [TimeSpan.Zero, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1)], new WebhookOptions { Schedule = " 0:00:00 , 0:05:00,,1.00:00:00," }.Waits());

    [Theory]
    [InlineData(",", "Webhooks:Schedule must name at least one wait.")]
    [InlineData("0:00:00,soon", "Webhooks:Schedule: 'soon' is no duration such as 0:05:00.")]
    [InlineData("0:00:00,-0:00:01", "Webhooks:Schedule: '-0:00:01' is no duration such as 0:05:00.")]
    public void Validate_ScheduleThatIsNone_IsNamed(string schedule, string problem) =>
        Assert.Contains(problem, Assert.Single(Problems(new WebhookOptions { Schedule = schedule })), StringComparison.Ordinal);

    [Theory]
    [InlineData("a", "https://a.test/", null, null)]
    [InlineData("a-1", "http://a.test/", "job.progress", null)]
    [InlineData("Ops", "https://a.test/", null, "the name must be 1 to 32 small letters, digits and dashes.")]
    [InlineData("a b", "https://a.test/", null, "the name must be 1 to 32 small letters, digits and dashes.")]
    [InlineData("a\n", "https://a.test/", null, "the name must be 1 to 32 small letters, digits and dashes.")]
    [InlineData("123456789012345678901234567890123", "https://a.test/", null, "the name must be 1 to 32 small letters, digits and dashes.")]
    [InlineData("a", "ftp://a.test/", null, "Url must be an http or https address.")]
    [InlineData("a", "/hook", null, "Url must be an http or https address.")]
    [InlineData("a", "", null, "Url must be an http or https address.")]
    [InlineData("a", "https://a.test/", "", "Events must name event types.")]
    [InlineData("a", "https://a.test/", "job.finished", "Events must name event types.")]
    [InlineData("a", "https://a.test/", "job.failed,webhook.test", "Events must name event types.")]
    public void Validate_DefaultEndpoint_IsNamedWithWhatIsWrong(string name, string url, string? events, string? problem)
    {
        var options = new WebhookOptions
        {
            Endpoints =
            {
                ["fine"] = new ConfiguredEndpoint { Url = "https://fine.test/" },
                [name] = new ConfiguredEndpoint { Url = url, Events = events?.Split(',', StringSplitOptions.RemoveEmptyEntries) },
            },
        };

        var problems = string.Concat(Problems(options));

        Assert.Equal(problem is null ? "" : $"Endpoints: Webhooks:Endpoints:{name}: {problem}", problems);
    }

    [Theory]
    [InlineData(nameof(WebhookOptions.Timeout), "00:00:00.1", "00:01:00")]
    [InlineData(nameof(WebhookOptions.LongestRetryAfter), "00:00:00", "3.00:00:00")]
    [InlineData(nameof(WebhookOptions.ProgressInterval), "00:00:00.1", "01:00:00")]
    [InlineData(nameof(WebhookOptions.RotationOverlap), "00:00:00.1", "30.00:00:00")]
    public void Validate_Durations_EndAtTheirLimits(string setting, string least, string most)
    {
        var property = typeof(WebhookOptions).GetProperty(setting)!;
        foreach (var (value, isValid) in new[]
        {
            (TimeSpan.Parse(least), true), (TimeSpan.Parse(least) - TimeSpan.FromTicks(1), false),
            (TimeSpan.Parse(most), true), (TimeSpan.Parse(most) + TimeSpan.FromTicks(1), false),
        })
        {
            var options = new WebhookOptions();
            property.SetValue(options, value);

            Assert.Equal(isValid ? 0 : 1, Problems(options).Count(problem => problem.Contains(setting, StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void EventTypes_WithoutAFilter_AreAllButProgress()
    {
        string[] expected = ["job.started", "job.completed", "job.failed", "job.cancelled", "batch.completed", "schedule.skipped"];

        Assert.Equal(expected, WebhookEventTypes.Default);
        Assert.All([.. expected, "job.progress"], type => Assert.True(WebhookEventTypes.IsKnown(type)));
        Assert.All([null, "", "webhook.test", "job.", "JOB.STARTED"], type => Assert.False(WebhookEventTypes.IsKnown(type)));
    }

    [Theory]
    [InlineData(JobStage.Completed, "job.completed")]
    [InlineData(JobStage.Cancelled, "job.cancelled")]
    [InlineData(JobStage.Failed, "job.failed")]
    [InlineData(JobStage.Expired, "job.failed")]
    public void EventTypes_OfTheEndOfAJob_HasOneForEach(JobStage end, string type) => Assert.Equal(type, WebhookEventTypes.OfEnd(end));

    [Theory]
    [InlineData(null)]
    [InlineData("job.progress")]
    [InlineData("job.started,job.progress")]
    public void CheckEvents_OfKnownTypes_IsContent(string? events) => WebhookRules.CheckEvents(events?.Split(','), "events");

    [Theory]
    [InlineData("")]
    [InlineData("job.started,job.started")]
    [InlineData("job.started,job.finished")]
    [InlineData("webhook.test")]
    public void CheckEvents_Otherwise_SaysWhichThereAre(string events)
    {
        var refusal = Assert.Throws<FaceSwapException>(
            () => WebhookRules.CheckEvents(events.Split(',', StringSplitOptions.RemoveEmptyEntries), "webhook.events"));

        Assert.Equal(ErrorCodes.InvalidRequest, refusal.Code);
        Assert.Equal(
            "'webhook.events' must name event types, each once: job.started, job.completed, job.failed, job.cancelled, batch.completed, schedule.skipped or job.progress.",
            refusal.Message);
    }

    [Theory]
    [InlineData(null, ErrorCodes.InvalidRequest)]
    [InlineData(" ", ErrorCodes.InvalidRequest)]
    [InlineData("nonsense", ErrorCodes.AddressRefused)]
    [InlineData("https://10.1.2.3/", ErrorCodes.AddressRefused)]
    [InlineData("https://receiver.test/", null)]
    public void CheckUrl_OfWhatIsNoReceiver_IsRefused(string? url, string? code)
    {
        var rules = new WebhookRules(new AddressGuard(Options.Create(new NetworkOptions())));

        var refusal = Record.Exception(() => rules.CheckUrl(url, "webhook.url")) as FaceSwapException;

        Assert.Equal(code, refusal?.Code);
        Assert.True(code != ErrorCodes.InvalidRequest || refusal!.Message == "'webhook.url' must be the receiver's address.");
    }

    private static IEnumerable<string> Problems(WebhookOptions options) => new WebhookOptionsValidator().Validate(null, options).Failures ?? [];
}
