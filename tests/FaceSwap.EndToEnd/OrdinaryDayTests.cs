using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>What happens on days without faults, and with answers in whatever shape.</summary>
public sealed class OrdinaryDayTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task Job_WithFiles_CompletesWithOneSignedWebhook()
    {
        await using var rig = await Rig.StartAsync(fixture);

        var id = await rig.Jobs.SubmitAsync();

        await rig.CompletedOnceAsync(id);
        Assert.Single(rig.Receiver.Received);
        LogAssert.NothingUnexpected(rig.Log);
    }

    [Fact]
    public async Task Job_WithAddresses_FetchesTheMediaThroughRedirects()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await using var media = await MediaServer.StartAsync();
        var video = media.Redirect("moved", media.Serve("clip.mp4", SampleMedia.Clip));

        var id = await rig.Jobs.SubmitAsync(video, media.ServeWithoutLength("face.png", SampleMedia.FacePng));

        await rig.CompletedOnceAsync(id);
        LogAssert.NothingUnexpected(rig.Log);
    }

    [Fact]
    public async Task Job_OtherShapes_Completes()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            EventShape = EventShape.Framework,
            RenderShape = RenderShape.Wrapped,
            SecondStage = SecondStage.AfterStream,
            UnknownEvents = true,
            ClosingIssue = true,
            BrokenAddress = true,
            LargeEventBytes = 1_000_000,
        });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
    }

    // As at the backend: what it adds after the stream takes longer than any read, and less than the time between two that settle.
    [Fact]
    public async Task Job_WhoseEditIsFinishedAfterTheStream_RendersItFinished()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, ("Jobs__SettleInterval", "00:00:02"));
        await rig.Backend.Control.ChooseAsync(new Scenario
        {
            SecondStage = SecondStage.AfterStream,
            Timings = new Dictionary<Phase, int> { [Phase.SecondStage] = 700 },
        });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());
    }

    [Fact]
    public async Task Jobs_TenAtOnceThreeOfThemSilent_AllComplete()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 3, Silent = true });

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.Jobs.SubmitAsync()));

        foreach (var id in ids)
        {
            await rig.CompletedOnceAsync(id);
        }

        Assert.Equal(10, rig.Receiver.Received.Count);
    }

    [Fact]
    public async Task Webhook_WhoseReceiverIsInTrouble_ComesAgainUnderItsId()
    {
        await using var rig = await Rig.StartAsync(fixture);
        rig.Receiver.AnswerNext(
            new WebhookAnswer(503, RetryAfterSeconds: 1),
            new WebhookAnswer(302, Location: rig.Receiver.Address.ToString()),
            new WebhookAnswer(500));

        var id = await rig.Jobs.SubmitAsync();

        Assert.Equal([503, 302, 500, 204], (await rig.Receiver.WaitForAsync(4)).Select(delivery => delivery.AnsweredWith));
        await rig.ToldAsync(id);
    }

    [Fact]
    public async Task Job_WithAConfiguredToken_TakesNoOther()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, RigSettings.Registered);
        await rig.Backend.Control.OpenAccountAsync(RigSettings.RegisteredToken, 100);

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal([RigSettings.RegisteredToken], (await rig.Backend.Control.ReadLedgerAsync()).Tokens.Select(token => token.Value));
    }

    [Fact]
    public async Task Job_WithAConfiguredTokenThatIsRejected_FailsAndSaysSo()
    {
        await using var rig = await Rig.StartInProcessAsync(fixture, RigSettings.Registered);

        var job = await rig.Jobs.WaitForEndAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal("token_rejected", (string)job["error"]!["code"]!);
        Assert.Empty((await rig.Backend.Control.ReadLedgerAsync()).Accounts);
    }
}
