using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using Xunit;

namespace FaceSwap.EndToEnd.Webhooks;

/// <summary>One job, three hundred receivers, one of which never answers.</summary>
public sealed class StormTests(AzuriteFixture azurite)
{
    private const int Receivers = 300;
    private const string Silent = "receiver-000";

    [Fact]
    public async Task Storm_WithOneThatNeverAnswers_DoesNotDelayTheOthers()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.AnswerAt(Silent, new WebhookAnswer(200, When: new TaskCompletionSource().Task));
        var endpoints = Enumerable.Range(0, Receivers).SelectMany(number => Configure(receiver, $"receiver-{number:d3}"));
        await using var rig = await Rig.StartInProcessAsync(azurite, [("Webhooks__Timeout", "00:01:00"), .. endpoints]);

        await rig.Jobs.WaitForCompletionAsync(await rig.Jobs.SubmitAsync());

        await Eventually.HoldsAsync(
            () => receiver.Received.Select(message => message.Path).Distinct().Count() == Receivers,
            "every receiver was called",
            TimeSpan.FromSeconds(120));
        Assert.All(receiver.Received.Where(message => message.Path != $"/{Silent}"), message => Assert.Equal(204, message.AnsweredWith));
        Assert.Equal(Receivers - 1, receiver.Received.Count(message => message.Path != $"/{Silent}"));
        var open = (await new WebhookCaller(rig).GetAsync($"cfg_{Silent}", "/deliveries"))["deliveries"]!.AsArray();
        Assert.Equal("pending", (string?)Assert.Single(open)!["status"]);
        Assert.Single(receiver.Received.Select(message => message.Header("webhook-id")).Distinct());
    }

    private static IEnumerable<(string, string)> Configure(WebhookReceiver receiver, string name) =>
    [
        ($"Webhooks__Endpoints__{name}__Url", receiver.AddressOf(name).ToString()),
        ($"Webhooks__Endpoints__{name}__Events__0", "job.completed"),
    ];
}
