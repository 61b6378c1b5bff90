using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>SIGKILL of the host outside the event stream: it starts again, the job completes, and nothing is paid twice.</summary>
public sealed class KillTests(RigFixture fixture, AzuriteFixture azurite) : IClassFixture<RigFixture>
{
    [Theory]
    [InlineData(Point.SessionRequested, 0)]
    [InlineData(Point.SessionCreated, 0)]
    [InlineData(Point.UploadReceived, 0)]
    [InlineData(Point.UploadApplied, 0)]
    [InlineData(Point.StateRead, 0)]
    [InlineData(Point.StateRead, 1)]
    [InlineData(Point.StateRead, 2)]
    public async Task Host_KilledAt_CompletesTheJobAfterTheRestart(Point point, int skip)
    {
        var rig = await fixture.RunningAsync();

        var id = await rig.KillAtAsync(new Hold { At = point, Skip = skip });

        await rig.CompletedOnceAsync(id);
    }

    [Fact]
    public async Task Host_KilledBeforeItHasItsToken_StartsOverWithANewClient()
    {
        // After the time that a request may take it is sure that nobody waits for its answer any more.
        await using var rig = await Rig.StartAsync(azurite, ("Nemo__RequestTimeout", "00:00:05"));
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.TokenRequested }] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync("token.requested");

        await rig.Host.KillAsync();
        await rig.Backend.Control.ReleaseGateAsync("token.requested");
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);

        // The first client's token was issued and lost on the way: for seven days the backend gives it no other.
        Assert.Equal([100, 0], (await rig.Backend.Control.ReadLedgerAsync()).Accounts.Select(account => 100_000 - account.Total).OrderDescending());
    }

    [Fact]
    public async Task Host_KilledWhileItFetchesTheVideo_FetchesItAgain()
    {
        var rig = await fixture.RunningAsync();
        await using var media = await MediaServer.StartAsync();
        var rest = new TaskCompletionSource();
        var video = media.Pause("clip.mp4", SampleMedia.Clip, rest.Task);
        var id = await rig.Jobs.SubmitAsync(video, media.Serve("face.jpg", SampleMedia.FaceJpeg));
        await Eventually.HoldsAsync(() => media.Requests.Count > 0, "the video is asked for");

        await rig.Host.KillAsync();
        rest.SetResult();
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);
    }

    [Fact]
    public async Task Host_KilledBeforeTheWebhookIsAnswered_DeliversItAgainUnderItsId()
    {
        var rig = await fixture.RunningAsync();
        var before = rig.Receiver.Received.Count;
        rig.Receiver.AnswerNext(new WebhookAnswer(204, When: new TaskCompletionSource().Task));
        var id = await rig.Jobs.SubmitAsync();
        await rig.Receiver.WaitForAsync(before + 1);

        await rig.Host.KillAsync();
        await rig.Host.StartAsync();

        await rig.Receiver.WaitForAsync(before + 2);
        await rig.CompletedOnceAsync(id);
    }
}

/// <summary>The same from the render on. A class of its own: tests of one class wait for each other.</summary>
public sealed class RenderKillTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    [Theory]
    [InlineData(Point.RenderRequested, 0)]
    [InlineData(Point.RenderSubmitted, 0)]
    [InlineData(Point.RenderPoll, 0)]
    [InlineData(Point.RenderPoll, 1)]
    [InlineData(Point.ResultRequested, 0)]
    [InlineData(Point.ResultHalf, 0)]
    public async Task Host_KilledAt_CompletesTheJobAfterTheRestart(Point point, int skip)
    {
        var rig = await fixture.RunningAsync();

        var id = await rig.KillAtAsync(new Hold { At = point, Skip = skip });

        await rig.CompletedOnceAsync(id);
    }
}
