using System.Net;
using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Media;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>A storage account that goes away and comes back, under jobs and under callers.</summary>
/// <remarks>On the local host, whose durable state lies elsewhere: with Azure's engine the same account holds the instances too.</remarks>
public sealed class StorageOutageTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Storage_ThatEndsWithinThePaidStream_DoesNotMakeTheAppLeaveIt()
    {
        await using var storage = await AzuriteFixture.StartOwnAsync();
        await using var rig = await Rig.StartAsync(storage);
        var hold = new Hold { At = Point.MessageStreaming, Gate = "stream" };
        await rig.Backend.Control.ChooseAsync(new Scenario { OnDisconnect = OnDisconnect.Cancel, StallMs = 4000, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await storage.Azurite.StopAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        await rig.FirstMessageAsync(id, message => message.Executions > 0);
        await storage.Azurite.RestartAsync();

        await rig.CompletedOnceAsync(id);
        Assert.Single((await rig.Backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Storage_ThatIsAwayForCallersAndSteps_IsSaidAndWaitedFor()
    {
        await using var storage = await AzuriteFixture.StartOwnAsync();
        await using var rig = await Rig.StartAsync(storage);
        var hold = new Hold { At = Point.SessionRequested, Gate = "session" };
        await rig.Backend.Control.ChooseAsync(new Scenario { Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await storage.Azurite.StopAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var health = await rig.Jobs.Http.GetAsync(new Uri("api/health", UriKind.Relative), patience.Token);
        using var form = rig.Jobs.Form(("video", "clip.mp4", SampleMedia.Clip), ("face", "face.jpg", SampleMedia.FaceJpeg));
        using var refused = await rig.Jobs.Http.PostAsync(new Uri("api/jobs", UriKind.Relative), form, Cancellation);
        await storage.Azurite.RestartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("storage_unavailable", await refused.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        await rig.CompletedOnceAsync(id);
    }
}
