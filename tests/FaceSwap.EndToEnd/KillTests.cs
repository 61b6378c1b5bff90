using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using FaceSwap.Testing.Webhooks;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>SIGKILL of the host at every moment of a job: it starts again, the job completes, and nothing is paid twice.</summary>
public sealed class KillTests(AzuriteFixture fixture)
{
    private const string Gate = "kill";

    [Theory]
    [InlineData(Point.TokenRequested, 0)]
    [InlineData(Point.SessionRequested, 0)]
    [InlineData(Point.SessionCreated, 0)]
    [InlineData(Point.UploadReceived, 0)]
    [InlineData(Point.UploadApplied, 0)]
    [InlineData(Point.StateRead, 0)]
    [InlineData(Point.StateRead, 1)]
    [InlineData(Point.StateRead, 2)]
    [InlineData(Point.RenderRequested, 0)]
    [InlineData(Point.RenderSubmitted, 0)]
    [InlineData(Point.RenderPoll, 0)]
    [InlineData(Point.RenderPoll, 1)]
    [InlineData(Point.ResultRequested, 0)]
    [InlineData(Point.ResultHalf, 0)]
    public Task Host_KilledAt_CompletesTheJobAfterTheRestart(Point point, int skip) => KillAtAsync(point, skip, OnDisconnect.Continue);

    [Theory]
    [InlineData(Point.MessageReceived, OnDisconnect.Continue)]
    [InlineData(Point.MessageReceived, OnDisconnect.Cancel)]
    [InlineData(Point.MessageStarted, OnDisconnect.Continue)]
    [InlineData(Point.MessageStarted, OnDisconnect.Cancel)]
    [InlineData(Point.MessageStreaming, OnDisconnect.Continue)]
    [InlineData(Point.MessageStreaming, OnDisconnect.Cancel)]
    [InlineData(Point.MessageExecuted, OnDisconnect.Continue)]
    [InlineData(Point.MessageExecuted, OnDisconnect.Cancel)]
    [InlineData(Point.MessageBeforeEnd, OnDisconnect.Continue)]
    [InlineData(Point.MessageBeforeEnd, OnDisconnect.Cancel)]
    public Task Host_KilledWithinTheStream_CompletesTheJobWithOneMessage(Point point, OnDisconnect onDisconnect) =>
        KillAtAsync(point, 0, onDisconnect);

    [Fact]
    public async Task Host_KilledWhileItFetchesTheVideo_FetchesItAgain()
    {
        await using var rig = await Rig.StartAsync(fixture);
        await using var media = await MediaServer.StartAsync();
        var rest = new TaskCompletionSource();
        var video = media.Pause("clip.mp4", SampleMedia.Clip, rest.Task);
        var id = await rig.Jobs.SubmitAsync(video, media.Serve("face.jpg", SampleMedia.FaceJpeg));
        await Testing.Time.Eventually.HoldsAsync(() => media.Requests.Count > 0, "the video is asked for");

        await rig.Host.KillAsync();
        rest.SetResult();
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);
    }

    [Fact]
    public async Task Host_KilledBeforeTheWebhookIsAnswered_DeliversItAgainUnderItsId()
    {
        await using var rig = await Rig.StartAsync(fixture);
        rig.Receiver.AnswerNext(new WebhookAnswer(204, When: new TaskCompletionSource().Task));
        var id = await rig.Jobs.SubmitAsync();
        await rig.Receiver.WaitForAsync(1);

        await rig.Host.KillAsync();
        await rig.Host.StartAsync();

        await rig.Receiver.WaitForAsync(2);
        await rig.CompletedOnceAsync(id);
    }

    private async Task KillAtAsync(Point point, int skip, OnDisconnect onDisconnect)
    {
        await using var rig = await Rig.StartAsync(fixture);
        var hold = new Hold { At = point, Gate = Gate, Skip = skip };
        await rig.Backend.Control.ChooseAsync(new Scenario { OnDisconnect = onDisconnect, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(Gate);

        await rig.Host.KillAsync();
        await rig.Backend.Control.ReleaseGateAsync(Gate);
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);
    }
}
