using FaceSwap.Functions.Webhooks;
using FaceSwap.Tests.Edge;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;
using Xunit;

namespace FaceSwap.Tests.Webhooks;

/// <summary>The schedule of a delivery, over its three days.</summary>
public sealed class WebhookDeliveryTests
{
    private static readonly WebhookAttempt Delivered = new(WebhookAttemptVerdict.Delivered, default, Status: 204);
    private static readonly WebhookAttempt Refused = new(WebhookAttemptVerdict.Retry, default, Status: 500);
    private static readonly WebhookDeliveryInput Input = new(new DeliveryKey("default", "whe_1", "dlv_1"), 1, new WebhookOptions().Waits());

    [Fact]
    public async Task Delivery_NeverAccepted_IsTriedByTheScheduleAndGivenUp()
    {
        var context = new DeliveryContext(Refused);

        Assert.Equal(WebhookAttemptVerdict.GivenUp, await WebhookDelivery.RunAsync(context, Input));

        var waits = context.Attempts.Zip(context.Attempts.Skip(1), (from, to) => to - from).ToList();
        string[] expected = ["0:00:05", "0:05:00", "0:30:00", "2:00:00", "5:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00"];
        Assert.Equal(expected.Length, waits.Count);
        Assert.All(waits.Zip(expected.Select(TimeSpan.Parse)), pair => Assert.InRange(pair.First, pair.Second, pair.Second * 1.1));
        Assert.Equal(DeliveryStatus.Failed, context.Records[^1].Status);
        Assert.Equal(context.Attempts.Skip(1), context.Records.SkipLast(1).Select(record => record.NextAttemptAt!.Value.UtcDateTime));
    }

    [Fact]
    public async Task Delivery_ThatIsAccepted_IsRecordedAsDelivered()
    {
        var context = new DeliveryContext(Refused, Delivered);

        await WebhookDelivery.RunAsync(context, Input);

        Assert.Equal([DeliveryStatus.Pending, DeliveryStatus.Delivered], context.Records.Select(record => record.Status));
        Assert.Equal(ScriptedContext.Start, context.Attempts[0]);
    }

    [Fact]
    public async Task Delivery_OfManyThatFailedTogether_DoNotComeBackTogether()
    {
        var second = new List<DateTime>();
        for (var delivery = 0; delivery < 40; delivery++)
        {
            var context = new DeliveryContext(Refused, Refused, Delivered);
            await WebhookDelivery.RunAsync(context, Input);
            second.Add(context.Attempts[2]);
        }

        Assert.NotEqual(1, second.Distinct().Count());
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1, 5)]
    [InlineData(-60, 5)]
    public async Task Delivery_ToldToWait_WaitsAtLeastAsLong(int retryAfterSeconds, int atLeastSeconds)
    {
        var context = new DeliveryContext(Refused with { Status = 429, RetryAfter = TimeSpan.FromSeconds(retryAfterSeconds) }, Delivered);

        Assert.Equal(WebhookAttemptVerdict.Delivered, await WebhookDelivery.RunAsync(context, Input));

        var expected = TimeSpan.FromSeconds(atLeastSeconds);
        Assert.InRange(context.Attempts[1] - context.Attempts[0], expected, expected * 1.1);
    }

    [Fact]
    public async Task Delivery_AttemptThatFailsItself_IsTriedAgain()
    {
        var context = new DeliveryContext(null, null, Delivered);

        Assert.Equal(WebhookAttemptVerdict.Delivered, await WebhookDelivery.RunAsync(context, Input));

        Assert.Equal([AttemptProblem.Internal, AttemptProblem.Internal, null], context.Records.Select(record => record.Attempt.Problem));
    }

    [Fact]
    public async Task Delivery_GivenUpByTheReceiver_EndsAtOnce()
    {
        var context = new DeliveryContext(new WebhookAttempt(WebhookAttemptVerdict.GivenUp, default, Status: 410));

        await WebhookDelivery.RunAsync(context, Input);

        Assert.Single(context.Attempts);
        Assert.Equal(DeliveryStatus.Failed, Assert.Single(context.Records).Status);
    }

    [Fact]
    public async Task Delivery_TakenOverByALaterRun_EndsWithoutATrace()
    {
        var context = new DeliveryContext(Refused, new WebhookAttempt(WebhookAttemptVerdict.Superseded, default));

        await WebhookDelivery.RunAsync(context, Input);

        Assert.Equal(DeliveryStatus.Pending, Assert.Single(context.Records).Status);
    }

    [Fact]
    public void Record_ReportedTwice_IsKeptOnceAndWithinBounds()
    {
        var target = new WebhookTarget("default", "whe_1", null, null);
        var record = DeliveryRecord.Open(Input.Delivery, target, new WebhookMessage("msg_1", WebhookEventTypes.Test, default, null, "{}"));
        for (var number = 1; number <= 30; number++)
        {
            var attempt = new LoggedAttempt(1, number, default, 5, 500, null, null);
            record = record.With(attempt, DeliveryStatus.Pending, null)!.With(attempt, DeliveryStatus.Pending, null)!;
        }

        Assert.Equal(Enumerable.Range(11, 20), record.Attempts.Select(attempt => attempt.Number));
        var later = record.With(new LoggedAttempt(2, 1, default, 5, 204, null, null), DeliveryStatus.Delivered, null)!;
        Assert.Null(later.With(new LoggedAttempt(1, 31, default, 5, 500, null, null), DeliveryStatus.Failed, null));
    }

    /// <summary>Runs a delivery whose attempts end so, one after the other; null: the attempt itself fails. The last one repeats.</summary>
    private sealed class DeliveryContext : ScriptedContext
    {
        public DeliveryContext(params WebhookAttempt?[] attempts)
        {
            Script(nameof(DeliverySteps.AttemptWebhook), _ => attempts[Math.Min(Attempts.Count, attempts.Length) - 1] ?? throw new InvalidOperationException("The attempt failed."));
            Script(nameof(DeliverySteps.RecordAttempt), _ => null);
        }

        /// <summary>When each attempt was made.</summary>
        public IReadOnlyList<DateTime> Attempts => [.. Calls.Where(call => call.Step == nameof(DeliverySteps.AttemptWebhook)).Select(call => call.At)];

        /// <summary>What was written into the log.</summary>
        public IReadOnlyList<RecordAttemptInput> Records => InputsOf<RecordAttemptInput>();
    }
}
