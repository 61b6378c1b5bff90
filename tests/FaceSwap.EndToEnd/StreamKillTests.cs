using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>
/// SIGKILL of the host within the event stream of a backend that cancels: a second message may follow the one that came to nothing, and
/// exactly one is executed and paid for.
/// </summary>
public sealed class StreamKillTests(CancellingBackends cancelling) : IClassFixture<CancellingBackends>
{
    /// <summary>Each point takes a host of its own and a restart: in every run those before, within and after the edit.</summary>
    public static TheoryData<Point> Points { get; } = Environment.GetEnvironmentVariable("FACESWAP_FULL") == "1"
        ? [Point.MessageReceived, Point.MessageStarted, Point.MessageStreaming, Point.MessageExecuted, Point.MessageBeforeEnd]
        : [Point.MessageReceived, Point.MessageStreaming, Point.MessageExecuted];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Host_KilledWithinTheStreamOfABackendThatCancels_CompletesTheJobWithOneMessage(Point point)
    {
        var (started, id) = await cancelling.KilledAtAsync(point);
        await using var rig = started;

        await rig.CompletedOnceAsync(id);
    }
}

/// <summary>A host for each point, all killed there at the same time: only on an account that no other job used may a second message follow.</summary>
public sealed class CancellingBackends(AzuriteFixture azurite)
{
    private Dictionary<Point, Task<(Rig Rig, string Id)>>? killed;

    /// <summary>The job that was held there, and the rig of its host, which is back; whoever asks ends the rig.</summary>
    internal Task<(Rig Rig, string Id)> KilledAtAsync(Point point)
    {
        killed ??= StreamKillTests.Points.ToDictionary(row => row.Data, row => KillAsync(row.Data));
        return killed[point];
    }

    private async Task<(Rig Rig, string Id)> KillAsync(Point point)
    {
        var rig = await Rig.StartAsync(azurite);
        var hold = new Hold { At = point, Gate = $"{point}" };
        var id = await rig.SubmitHeldAsync(hold, OnDisconnect.Cancel);
        await rig.Host.KillAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        await rig.Host.StartAsync();
        return (rig, id);
    }
}

/// <summary>The end of either side within the event stream, without a kill of the host.</summary>
public sealed class StreamEndTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Host_AskedToEndWithinTheStream_LeavesItAndReconcilesAfterTheRestart()
    {
        await using var rig = await Rig.StartAsync(azurite);
        var hold = new Hold { At = Point.MessageStreaming, Gate = "terminate" };
        var id = await rig.SubmitHeldAsync(hold);

        await rig.Host.TerminateAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);
    }

    [Theory]
    [InlineData(OnDisconnect.Continue)]
    [InlineData(OnDisconnect.Cancel)]
    public async Task Backend_KilledDuringTheGeneration_LosesNothingThatWasPaid(OnDisconnect onDisconnect)
    {
        var (rig, backend) = await Rig.StartWithProcessAsync(azurite);
        await using var ended = rig;
        var hold = new Hold { At = Point.MessageStreaming, Gate = $"backend {onDisconnect}" };
        var id = await rig.SubmitHeldAsync(hold, onDisconnect);

        await backend.KillAsync();
        await backend.RestartAsync();
        await backend.Control.ReleaseGateAsync(hold.Gate);

        await rig.CompletedOnceAsync(id);
    }
}

/// <summary>SIGKILL of the host alone: its worker lives on for a while, as on the platform.</summary>
public sealed class OrphanedWorkerTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Host_KilledWithoutItsWorker_LetsTheOldStepGoOnBesideItsSecondRun_AndPaysOnce()
    {
        await using var rig = await Rig.StartAsync(azurite);
        var hold = new Hold { At = Point.MessageStreaming, Gate = "orphan" };
        var id = await rig.SubmitHeldAsync(hold, OnDisconnect.Cancel);

        await rig.Host.KillLeavingWorkerAsync();
        await rig.Host.StartAsync();

        // The old worker still follows the stream, which the backend would have cancelled otherwise.
        await Eventually.HoldsAsync(
            () => rig.Log.Lines.Any(line => line.Contains($"Job {id}: the message of attempt 1 was claimed before", StringComparison.Ordinal)), "the step runs a second time", AppHost.JobLimit);
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);

        await rig.CompletedOnceAsync(id);
        Assert.Single(await rig.MessagesOfAsync(id));
    }
}
