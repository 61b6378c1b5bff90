using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Tests.Drivers;
using Xunit;

namespace NemoVideo.Simulator.Tests;

public sealed class RestartTests
{
    [Theory]
    [InlineData(OnDisconnect.Continue, MessageOutcome.Applied, 1)]
    [InlineData(OnDisconnect.Cancel, MessageOutcome.Cancelled, 0)]
    public async Task Message_WhenTheBackendIsKilled_EndsOnceAfterTheRestart(OnDisconnect onDisconnect, MessageOutcome outcome, int executions)
    {
        await using var simulator = await SimulatorProcess.StartAsync();
        var hold = new Hold { At = Point.MessageStreaming };
        await simulator.Control.ChooseAsync(new Scenario { OnDisconnect = onDisconnect, Holds = [hold] });
        using var caller = await BackendCaller.WithMediaAsync(simulator);
        var stream = caller.SayAsync();
        await simulator.Control.WaitForGateAsync("message.streaming");

        await simulator.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => stream);
        await simulator.RestartAsync();
        await simulator.Control.ReleaseGateAsync("message.streaming");

        var message = await Eventually.GivesAsync(
            async () => (await simulator.Control.ReadLedgerAsync()).Messages.SingleOrDefault(message => message.EndedAt is not null),
            "the message is over");
        Assert.Equal((outcome, executions, executions * 100), (message.Outcome, message.Executions, message.Charged));
        Assert.Equal(0, (await simulator.Control.ReadLedgerAsync()).Accounts.Single().Frozen);
    }

    [Fact]
    public async Task Render_WhenTheBackendIsKilled_IsTakenUpAgain()
    {
        await using var simulator = await SimulatorProcess.StartAsync("--timings:render=300");
        using var caller = await BackendCaller.WithMediaAsync(simulator);
        await caller.RenderAsync("render_1");

        await simulator.KillAsync();
        await simulator.RestartAsync();

        await Eventually.HoldsAsync(
            async () => (string)(await caller.PollAsync("render_1"))["status"]! == "completed", "the render is completed");
        Assert.Equal(RenderStatus.Completed, (await simulator.Control.ReadLedgerAsync()).Renders.Single().Status);
    }
}
