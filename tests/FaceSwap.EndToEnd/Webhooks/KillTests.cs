using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Webhooks;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>SIGKILL of the host between the attempts of a delivery, and in the middle of them: the message arrives all the same.</summary>
public sealed class KillTests(KilledDeliveries killed) : IClassFixture<KilledDeliveries>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task Host_KilledBetweenAnyTwoAttempts_LosesNoDelivery(int attempts) => killed.ArrivesAsync("between", attempts, sent: attempts + 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task Host_KilledDuringAnyAttempt_LosesNoDelivery(int attempts) => killed.ArrivesAsync("during", attempts, sent: attempts + 1);
}

/// <summary>A host that was killed once, with a delivery after each of four attempts and one within each of them, and started again.</summary>
public sealed class KilledDeliveries(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int MostAttempts = 4;

    // Longer than it takes to bring all deliveries to where the kill finds them.
    private const int LongWaitSeconds = 30;

    private static readonly (string, string) Schedule = ("Webhooks__Schedule", $"0:00:00,{string.Join(',', Enumerable.Repeat("0:00:00.2", 20))}");
    private readonly Dictionary<string, (string Endpoint, string Delivery)> deliveries = [];
    private Rig rig = null!;
    private WebhookCaller webhooks = null!;

    /// <summary>The delivery arrived under one id, after so many requests.</summary>
    internal async Task ArrivesAsync(string where, int attempts, int sent)
    {
        var name = $"{where}-{attempts}";
        var (endpoint, delivery) = deliveries[name];
        var delivered = await webhooks.WaitForAsync(endpoint, delivery, "delivered");

        var received = rig.Receiver.Received.Where(message => message.Path == $"/{name}").ToList();
        Assert.Equal((string?)delivered["webhookId"], Assert.Single(received.Select(message => message.Header("webhook-id")).Distinct()));
        Assert.Equal((sent, 204), (received.Count, received[^1].AnsweredWith));
    }

    public async ValueTask InitializeAsync()
    {
        rig = await Rig.StartAsync(azurite, Schedule, ("Webhooks__Timeout", "00:01:00"));
        webhooks = new WebhookCaller(rig);
        for (var attempts = 1; attempts <= MostAttempts; attempts++)
        {
            var failures = Enumerable.Repeat(new WebhookAnswer(503), attempts - 1);
            await SendAsync($"between-{attempts}", [.. failures, new WebhookAnswer(503, RetryAfterSeconds: LongWaitSeconds)]);
            await SendAsync($"during-{attempts}", [.. failures, new WebhookAnswer(200, When: new TaskCompletionSource().Task)]);
        }

        for (var attempts = 1; attempts <= MostAttempts; attempts++)
        {
            var (endpoint, delivery) = deliveries[$"between-{attempts}"];
            var logged = attempts;
            await webhooks.WaitUntilAsync(endpoint, delivery, found => found["attempts"]!.AsArray().Count == logged, $"logged {logged} times");
            await Testing.Time.Eventually.HoldsAsync(
                () => rig.Receiver.Received.Count(message => message.Path == $"/during-{logged}") == logged, $"attempt {logged} is under way");
        }

        await rig.Host.KillAsync();
        await rig.Host.StartAsync();
    }

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    private async Task SendAsync(string name, params WebhookAnswer[] answers)
    {
        rig.Receiver.AnswerNextAt(name, answers);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.AddressOf(name));
        deliveries[name] = (endpoint, await webhooks.TestAsync(endpoint));
    }
}
