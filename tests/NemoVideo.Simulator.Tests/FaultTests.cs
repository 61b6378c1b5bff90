using System.Net.Http.Json;
using System.Text.Json.Nodes;
using NemoVideo.Simulator.Scenarios;
using NemoVideo.Simulator.Tests.Drivers;
using Xunit;

namespace NemoVideo.Simulator.Tests;

public sealed class FaultTests(SimulatorFixture fixture)
{
    [Theory]
    [InlineData(FaultKind.ExpiredToken, 1001, true)]
    [InlineData(FaultKind.RateLimited, 429, false)]
    [InlineData(FaultKind.LostSession, 1002, true)]
    [InlineData(FaultKind.NoCredits, 2001, false)]
    [InlineData(FaultKind.PlanBlocked, 402, false)]
    public async Task Fault_OfTheSecondStateCall_AnswersItsCode(FaultKind kind, int code, bool remains)
    {
        var fault = new Fault { Call = BackendCall.State, Kind = kind, Skip = 1 };
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = $"fault {kind}", Faults = [fault], ErrorStatus = ErrorStatus.Ok });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, $"fault {kind}");

        var codes = new List<int>();
        for (var call = 0; call < 3; call++)
        {
            codes.Add((int)JsonNode.Parse(await caller.ReadStateTextAsync())!["code"]!);
        }

        Assert.Equal([0, code, remains ? code : 0], codes);
    }

    [Fact]
    public async Task Fault_LostAnswer_ActsAllTheSame()
    {
        var fault = new Fault { Call = BackendCall.RenderSubmit, Kind = FaultKind.LostAnswer };
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "lost answer", Faults = [fault] });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "lost answer");

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => caller.RenderAsync($"render_{caller.SessionId}"));

        Assert.Equal(409, (int)(await caller.RenderAsync($"render_{caller.SessionId}"))["code"]!);
    }

    [Fact]
    public async Task Fault_RateLimited_SaysHowLongToWait()
    {
        var fault = new Fault { Call = BackendCall.State, Kind = FaultKind.RateLimited, RetryAfterSeconds = 7 };
        await fixture.Simulator.Control.ChooseAsync(new Scenario { TaskName = "retry after", Faults = [fault] });
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator, "retry after");

        using var response = await caller.Http.GetAsync(
            new Uri($"/api/state/nemo_agent/me/{caller.SessionId}/latest", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((429, "7"), ((int)response.StatusCode, response.Headers.RetryAfter?.ToString()));
    }

    [Fact]
    public async Task Scenario_WithAFieldThatDoesNotExist_IsRefused()
    {
        using var http = new HttpClient { BaseAddress = fixture.Simulator.Address };

        using var response = await http.PostAsJsonAsync(
            "/_sim/scenarios", new JsonObject { ["silnet"] = true }, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
