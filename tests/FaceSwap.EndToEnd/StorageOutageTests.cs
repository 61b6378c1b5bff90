using System.Net;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>A storage account that goes away and comes back, under jobs and under callers.</summary>
public sealed class StorageOutageTests(OwnStorage own) : IClassFixture<OwnStorage>
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storage_ThatEndsWithinThePaidStream_DoesNotMakeTheAppLeaveIt()
    {
        await using var rig = await Rig.StartInProcessAsync(own.Storage);
        var hold = new Hold { At = Point.MessageStreaming, Gate = "stream" };
        await rig.Backend.Control.ChooseAsync(new Scenario { OnDisconnect = OnDisconnect.Cancel, StallMs = 4000, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await own.Storage.Azurite.StopAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        await rig.FirstMessageAsync(id, message => message.Executions > 0);
        await own.Storage.Azurite.RestartAsync();

        await rig.CompletedOnceAsync(id);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Storage_ThatIsAwayForCallersAndSteps_IsSaidAndWaitedFor()
    {
        await using var rig = await Rig.StartInProcessAsync(own.Storage);
        var hold = new Hold { At = Point.SessionRequested, Gate = "session" };
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await own.Storage.Azurite.StopAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var health = await rig.Jobs.Http.GetAsync(new Uri("api/health", UriKind.Relative), patience.Token);
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        using var refused = await rig.Jobs.Http.PostAsync(new Uri("api/jobs", UriKind.Relative), form, Cancellation);
        await own.Storage.Azurite.RestartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("storage_unavailable", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        await rig.CompletedOnceAsync(id);
    }

    [Fact]
    public async Task Read_WhileTheStorageOfTheEngineIsAway_SaysSo()
    {
        await using var rig = await Rig.StartAsync(own.Storage);
        var hold = new Hold { At = Point.SessionRequested, Gate = "session" };
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await own.Storage.Azurite.StopAsync();
        var (status, answer) = await rig.Jobs.GetAsync($"api/jobs/{id}");
        await own.Storage.Azurite.RestartAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);

        Assert.Equal((503, "storage_unavailable"), (status, (string?)answer["code"]));
        await rig.CompletedOnceAsync(id);
    }
}
