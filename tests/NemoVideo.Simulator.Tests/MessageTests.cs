using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Messages;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Tests.Drivers;
using Xunit;

namespace NemoVideo.Simulator.Tests;

public sealed class MessageTests(SimulatorFixture fixture)
{
    public static TheoryData<CutPlace, OnDisconnect> Cuts { get; } =
        new MatrixTheoryData<CutPlace, OnDisconnect>(Enum.GetValues<CutPlace>(), Enum.GetValues<OnDisconnect>());

    [Fact]
    public async Task Message_Ordinary_ChangesTheDraftInTwoStagesAndCharges()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        var before = await caller.ReadStateTextAsync();

        var stream = await caller.SayAsync();

        Assert.Contains("""{"type":"heartbeat"}""", stream, StringComparison.Ordinal);
        Assert.Contains("data:\n\n", stream, StringComparison.Ordinal);
        Assert.NotEqual(before, await caller.ReadStateTextAsync());
        Assert.Equal(200, (int)(await caller.ReadCreditsAsync())["data"]!["available"]!);
        var message = await LastMessageAsync(caller);
        Assert.Equal((MessageOutcome.Applied, 1, 2, 100), (message.Outcome, message.Executions, message.LastStage, message.Charged));
    }

    [Fact]
    public async Task Message_InFrameworkShape_SendsPiecesThenTheWhole()
    {
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "framework", EventShape = EventShape.Framework, Reply = "Done." });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "framework");

        var stream = await caller.SayAsync();

        Assert.Contains("""{"text":"Done."}]},"partial":true""", stream, StringComparison.Ordinal);
        Assert.Contains("""{"text":"Done."}]}}""", stream, StringComparison.Ordinal);
        Assert.Contains("functionResponse", stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_WhileItRuns_FreezesItsCredits()
    {
        var hold = new Hold { At = Point.MessageStreaming, Gate = "frozen" };
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "frozen", Holds = [hold] });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "frozen");
        var stream = caller.SayAsync();
        await fixture.Simulator.Control.WaitForGateAsync("frozen");

        var credits = (await caller.ReadCreditsAsync())["data"]!;

        Assert.Equal((200, 100, 300), ((int)credits["available"]!, (int)credits["frozen"]!, (int)credits["total"]!));
        await fixture.Simulator.Control.ReleaseGateAsync("frozen");
        await stream;
    }

    [Fact]
    public async Task Message_WithoutCredits_IsRefusedBeforeItRuns()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        await fixture.Simulator.Control.SetCreditsAsync(caller.ClientId, 99);

        Assert.Contains("2001", await caller.SayAsync(), StringComparison.Ordinal);

        Assert.Equal(MessageOutcome.Refused, (await LastMessageAsync(caller)).Outcome);
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Message_WhoseStreamBreaks_GoesOnOrIsCancelled(CutPlace place, OnDisconnect onDisconnect)
    {
        var name = $"cut {place} {onDisconnect}";
        var cut = new Cut { AfterEvents = 1, Place = place };
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = name, OnDisconnect = onDisconnect, Cut = cut });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, name);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => caller.SayAsync());

        // After the last event, there is nothing left to cancel but the end.
        var applied = onDisconnect == OnDisconnect.Continue || place == CutPlace.AfterLast;
        var message = await EndedMessageAsync(caller);
        Assert.Equal(applied ? 1 : 0, message.Executions);
        Assert.Equal(applied ? 100 : 0, message.Charged);
    }

    [Fact]
    public async Task Message_SilentNoOp_SaysNothingAndChargesNothing()
    {
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "no-op", Silent = true, Edit = Edit.None });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "no-op");
        var before = await caller.ReadStateTextAsync();

        var stream = await caller.SayAsync();

        Assert.DoesNotContain("text", stream, StringComparison.Ordinal);
        Assert.Equal(before, await caller.ReadStateTextAsync());
        Assert.Equal((MessageOutcome.Unchanged, 0), ((await LastMessageAsync(caller)).Outcome, (await LastMessageAsync(caller)).Charged));
    }

    [Fact]
    public async Task Messages_ThreeHundredAtOnce_AllEnd()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        await fixture.Simulator.Control.SetCreditsAsync(caller.ClientId, 300 * 100);

        await Task.WhenAll(Enumerable.Range(0, 300).Select(index => caller.SayAsync($"edit {index}")));

        Assert.Equal(0, (int)(await caller.ReadCreditsAsync())["data"]!["total"]!);
    }

    private async Task<Message> LastMessageAsync(BackendCaller caller) =>
        (await fixture.Simulator.Control.ReadLedgerAsync()).Messages.Last(message => message.SessionId == caller.SessionId);

    private async Task<Message> EndedMessageAsync(BackendCaller caller) => await Eventually.GivesAsync(
        async () => await LastMessageAsync(caller) is { EndedAt: not null } message ? message : null, "the message is over");
}
