using FaceSwap.Testing.Media;
using FaceSwap.Testing.Time;
using NemoVideo.Simulator.Renders;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Tests.Drivers;
using Xunit;

namespace NemoVideo.Simulator.Tests;

public sealed class StateAndRenderTests(SimulatorFixture fixture)
{
    [Fact]
    public async Task Render_OfTheDraftAsRead_IsExactAndDelivered()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        await caller.SayAsync();

        var submitted = await caller.RenderAsync($"render_{caller.SessionId}");

        Assert.Equal("pending", (string)submitted["status"]!);
        var address = (string)(await FinishedAsync(caller, "status"))["output"]!["url"]!;
        Assert.Equal(SampleMedia.Clip, await caller.Http.GetByteArrayAsync(new Uri(address), TestContext.Current.CancellationToken));
        var render = await Eventually.GivesAsync(async () => await RenderAsync(caller) is { Deliveries: 1 } render ? render : null, "the delivery");
        Assert.True(render is { DraftExact: true, Premature: false, SeenToItsEnd: true, Status: RenderStatus.Completed });
    }

    [Fact]
    public async Task Render_InWrappedShapeThatFailsFirst_TakesASecondId()
    {
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "wrapped", RenderShape = RenderShape.Wrapped, RenderFailures = 1 });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "wrapped");

        await caller.RenderAsync($"render_{caller.SessionId}");
        Assert.Equal("failed", (string)(await FinishedAsync(caller, "data"))["data"]!["status"]!);
        await caller.RenderAsync($"render_{caller.SessionId}_2");
        var second = await FinishedAsync(caller, "data", "_2");

        Assert.Equal(("completed", 100), ((string)second["data"]!["status"]!, (int)second["data"]!["progress"]!));
    }

    [Fact]
    public async Task Render_WithAnIdThatExists_IsRefused()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        await caller.RenderAsync($"render_{caller.SessionId}");

        Assert.Equal(409, (int)(await caller.RenderAsync($"render_{caller.SessionId}"))["code"]!);
    }

    [Fact]
    public async Task Render_WithoutAttribution_IsBlockedOnTheFreePlan()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        caller.Http.DefaultRequestHeaders.Remove("X-Skill-Version");

        Assert.Equal(402, (int)(await caller.RenderAsync("render_blocked"))["code"]!);
    }

    [Fact]
    public async Task Render_SecondOfASession_WaitsAndCanBeCancelled()
    {
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "queue", RenderNeverEnds = true });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "queue");
        await caller.RenderAsync($"render_{caller.SessionId}");
        await caller.RenderAsync($"render_{caller.SessionId}_2");

        var cancelled = await caller.PostAsync($"/api/render/proxy/lambda/render_{caller.SessionId}_2/cancel", []);

        Assert.Equal("failed", (string)cancelled["status"]!);
        Assert.Equal(RenderStatus.Cancelled, (await RenderAsync(caller, "_2")).Status);
    }

    [Fact]
    public async Task Result_WhoseAddressIsBroken_ComesByDownload()
    {
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "broken", BrokenAddress = true });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "broken");
        await caller.RenderAsync($"render_{caller.SessionId}");
        var address = (string)(await FinishedAsync(caller, "status"))["output"]!["url"]!;

        using var broken = await caller.Http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        var content = await caller.Http.GetByteArrayAsync(
            new Uri($"/api/render/proxy/render_{caller.SessionId}/download", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(403, (int)broken.StatusCode);
        Assert.Equal(SampleMedia.Clip, content);
    }

    private static Task<System.Text.Json.Nodes.JsonObject> FinishedAsync(BackendCaller caller, string part, string suffix = "") =>
        Eventually.GivesAsync(
            async () =>
            {
                var answer = await caller.PollAsync($"render_{caller.SessionId}{suffix}");
                var status = (string)(part == "status" ? answer["status"] : answer["data"]!["status"])!;
                return status is "completed" or "failed" ? answer : null;
            },
            "the render is over");

    private async Task<Render> RenderAsync(BackendCaller caller, string suffix = "") =>
        (await fixture.Simulator.Control.ReadLedgerAsync()).Renders.Single(render => render.RenderId == $"render_{caller.SessionId}{suffix}");
}
