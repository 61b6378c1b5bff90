using NemoVideo.Simulator.Tests.Drivers;
using Xunit;

namespace NemoVideo.Simulator.Tests;

public sealed class TokenTests(SimulatorFixture fixture)
{
    [Fact]
    public async Task AnonymousToken_SecondWhileTheFirstIsValid_IsRateLimited()
    {
        using var caller = await BackendCaller.WithTokenAsync(fixture.Simulator);

        var second = await caller.TakeTokenAsync();

        Assert.Equal(429, (int)second["code"]!);
    }

    [Fact]
    public async Task AnonymousToken_AfterTheFirstEnded_RenewsForTheSameAccountAndItsSessions()
    {
        using var caller = await BackendCaller.WithMediaAsync(fixture.Simulator);
        await fixture.Simulator.Control.ExpireTokensAsync(caller.ClientId);
        Assert.Equal(1001, (int)(await caller.ReadCreditsAsync())["code"]!);

        var renewed = await caller.TakeTokenAsync();

        Assert.Equal(0, (int)renewed["code"]!);
        Assert.Contains("\"draft\"", await caller.ReadStateTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnonymousToken_WithoutClientId_IsABadRequest()
    {
        using var http = new HttpClient { BaseAddress = fixture.Simulator.Address };

        using var response = await http.PostAsync(
            new Uri("/api/auth/anonymous-token", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
