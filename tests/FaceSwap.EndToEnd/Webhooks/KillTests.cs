using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Webhooks;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>SIGKILL of the host between the attempts of a delivery, and in the middle of them: the message arrives all the same.</summary>
public sealed class KillTests(AzuriteFixture fixture)
{
    private const int Kills = 4;

    // Long enough for a kill between two attempts, and more attempts than any of them can use up.
    private static readonly (string, string) Schedule = ("Webhooks__Schedule", $"0:00:00,{string.Join(',', Enumerable.Repeat("0:00:01", 20))}");

    [Fact]
    public async Task Host_KilledBetweenAnyTwoAttempts_LosesNoDelivery()
    {
        await using var rig = await Rig.StartAsync(fixture, Schedule);
        rig.Receiver.AnswerNext([.. Enumerable.Repeat(new WebhookAnswer(503), Kills)]);
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var id = await webhooks.TestAsync(endpoint);

        for (var attempts = 1; attempts <= Kills; attempts++)
        {
            await webhooks.WaitUntilAsync(endpoint, id, delivery => delivery["attempts"]!.AsArray().Count >= attempts, $"logged {attempts} times");
            await rig.Host.KillAsync();
            await rig.Host.StartAsync();
        }

        var delivered = await webhooks.WaitForAsync(endpoint, id, "delivered");
        Assert.Equal((string?)delivered["webhookId"], Assert.Single(rig.Receiver.Received.Select(message => message.Header("webhook-id")).Distinct()));
        Assert.Equal(204, rig.Receiver.Received[^1].AnsweredWith);
    }

    [Fact]
    public async Task Host_KilledDuringEveryAttempt_LosesNoDelivery()
    {
        await using var rig = await Rig.StartAsync(fixture, Schedule, ("Webhooks__Timeout", "00:01:00"));
        rig.Receiver.AnswerNext([.. Enumerable.Repeat(new WebhookAnswer(200, When: new TaskCompletionSource().Task), Kills)]);
        var webhooks = new WebhookCaller(rig);
        var endpoint = await webhooks.CreateAsync(rig.Receiver.Address);
        var id = await webhooks.TestAsync(endpoint);

        for (var attempts = 1; attempts <= Kills; attempts++)
        {
            await rig.Receiver.WaitForAsync(attempts);
            await rig.Host.KillAsync();
            await rig.Host.StartAsync();
        }

        await webhooks.WaitForAsync(endpoint, id, "delivered");
        Assert.Equal(Kills + 1, rig.Receiver.Received.Count);
        Assert.Single(rig.Receiver.Received.Select(message => message.Header("webhook-id")).Distinct());
    }
}
