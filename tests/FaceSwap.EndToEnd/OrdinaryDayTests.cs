using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Logs;
using FaceSwap.Testing.Media;
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
}
