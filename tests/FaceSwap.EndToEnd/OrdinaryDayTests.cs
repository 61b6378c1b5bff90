using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>What happens on ordinary days, the four faults that they bring included.</summary>
public sealed class OrdinaryDayTests(AzuriteFixture fixture)
{
    [Fact]
    public async Task Job_WithFiles_CompletesWithOneSignedWebhook()
    {
        await using var rig = await Rig.StartAsync(fixture);

        var id = await rig.Jobs.SubmitAsync();

        await rig.CompletedOnceAsync(id);
        Assert.Single(rig.Receiver.Received);
        LogAssert.NothingUnexpected(rig.Host.Log);
    }

    [Fact]
    public async Task Job_WithAddresses_FetchesTheMediaThroughRedirects()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await using var media = await MediaServer.StartAsync();
        var video = media.Redirect("moved", media.Serve("clip.mp4", SampleMedia.Clip));

        var id = await rig.Jobs.SubmitAsync(video, media.ServeWithoutLength("face.png", SampleMedia.FacePng));

        await rig.CompletedOnceAsync(id);
        LogAssert.NothingUnexpected(rig.Host.Log);
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
    public async Task Job_WhoseRenderFailsOnce_TakesASecondRender()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await rig.Backend.Control.ChooseAsync(new Scenario { RenderFailures = 1 });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        Assert.Equal(2, (await rig.Backend.Control.ReadLedgerAsync()).Renders.Count);
    }

    [Theory]
    [InlineData(BackendCall.SessionCreate)]
    [InlineData(BackendCall.Upload)]
    [InlineData(BackendCall.State)]
    [InlineData(BackendCall.Message)]
    [InlineData(BackendCall.RenderSubmit)]
    [InlineData(BackendCall.RenderPoll)]
    public async Task Job_WhoseTokenExpires_RenewsItWithTheSameClient(BackendCall call)
    {
        await using var rig = await Rig.StartAsync(fixture);
        await rig.Backend.Control.ChooseAsync(new Scenario { Faults = [new Fault { Call = call, Kind = FaultKind.ExpiredToken }] });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        var ledger = await rig.Backend.Control.ReadLedgerAsync();
        Assert.Equal((1, 2), (ledger.Accounts.Count, ledger.Tokens.Count));
    }

    [Theory]
    [InlineData(BackendCall.AnonymousToken, null)]
    [InlineData(BackendCall.SessionCreate, null)]
    [InlineData(BackendCall.Upload, 0)]
    [InlineData(BackendCall.State, null)]
    [InlineData(BackendCall.Message, 0)]
    [InlineData(BackendCall.RenderSubmit, null)]
    [InlineData(BackendCall.RenderPoll, 0)]
    public async Task Job_ThatIsRateLimited_WaitsAndGoesOn(BackendCall call, int? retryAfter)
    {
        await using var rig = await Rig.StartAsync(fixture);
        var fault = new Fault { Call = call, Kind = FaultKind.RateLimited, RetryAfterSeconds = retryAfter };
        await rig.Backend.Control.ChooseAsync(new Scenario { Faults = [fault] });

        await rig.CompletedOnceAsync(await rig.Jobs.SubmitAsync());

        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Faults);
    }
}
