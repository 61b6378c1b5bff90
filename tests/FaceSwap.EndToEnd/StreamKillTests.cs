using FaceSwap.EndToEnd.Drivers;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd;

/// <summary>SIGKILL of either side before, within and after the event stream: exactly one message is executed and paid for.</summary>
public sealed class StreamKillTests(RigFixture fixture) : IClassFixture<RigFixture>
{
    [Theory]
    [InlineData(Point.MessageReceived)]
    [InlineData(Point.MessageStarted)]
    [InlineData(Point.MessageStreaming)]
    [InlineData(Point.MessageExecuted)]
    [InlineData(Point.MessageBeforeEnd)]
    public async Task Host_KilledWithinTheStreamOfABackendThatGoesOn_CompletesTheJobWithOneMessage(Point point)
    {
        var rig = await fixture.RunningAsync();

        var id = await rig.KillAtAsync(new Hold { At = point });

        await rig.CompletedOnceAsync(id);
    }

    [Theory]
    [InlineData(Point.MessageStreaming)]
    [InlineData(Point.MessageExecuted)]
    public async Task Host_KilledWhileTheBackendGoesOnForLonger_WaitsForTheEdit(Point point)
    {
        var rig = await fixture.RunningAsync();

        var id = await rig.KillAtAsync(new Hold { At = point }, releaseAfterRestart: true);

        await rig.CompletedOnceAsync(id);
    }

    [Fact]
    public async Task Host_AskedToEndWithinTheStream_LeavesItAndReconcilesAfterTheRestart()
    {
        var rig = await fixture.RunningAsync();
        var hold = new Hold { At = Point.MessageStreaming, Gate = "terminate" };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await rig.Host.TerminateAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);
        await rig.Host.StartAsync();

        await rig.CompletedOnceAsync(id);
    }
}

/// <summary>The same where each test needs a rig of its own: a backend that cancels, and one that is killed.</summary>
public sealed class StreamKillOnOwnRigTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(Point.MessageReceived)]
    [InlineData(Point.MessageStarted)]
    [InlineData(Point.MessageStreaming)]
    [InlineData(Point.MessageExecuted)]
    [InlineData(Point.MessageBeforeEnd)]
    public async Task Host_KilledWithinTheStreamOfABackendThatCancels_CompletesTheJobWithOneMessage(Point point)
    {
        // On an account of its own: only there a second message may follow one that came to nothing.
        await using var rig = await Rig.StartAsync(azurite);

        var id = await rig.KillAtAsync(new Hold { At = point }, OnDisconnect.Cancel);

        await rig.CompletedOnceAsync(id);
    }

    [Theory]
    [InlineData(OnDisconnect.Continue)]
    [InlineData(OnDisconnect.Cancel)]
    public async Task Backend_KilledDuringTheGeneration_LosesNothingThatWasPaid(OnDisconnect onDisconnect)
    {
        await using var rig = await Rig.StartAsync(azurite);
        var hold = new Hold { At = Point.MessageStreaming, Gate = $"backend {onDisconnect}" };
        await rig.Backend.Control.ChooseAsync(new Scenario { NextSessions = 1, OnDisconnect = onDisconnect, Holds = [hold] });
        var id = await rig.Jobs.SubmitAsync();
        await rig.Backend.Control.WaitForGateAsync(hold.Gate);

        await rig.Backend.KillAsync();
        await rig.Backend.RestartAsync();
        await rig.Backend.Control.ReleaseGateAsync(hold.Gate);

        await rig.CompletedOnceAsync(id);
    }
}
