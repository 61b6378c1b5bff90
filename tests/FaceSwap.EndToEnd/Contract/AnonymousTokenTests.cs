using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Errors;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Testing.Backend;
using FaceSwap.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Contract;

/// <summary>The anonymous token, of which the backend gives a client one in seven days: renewed early, refused, or lost on its way.</summary>
public sealed class AnonymousTokenTests(AzuriteFixture fixture)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renewal_WhoseAnswerIsLost_TakesAnotherClientInsteadOfAWeekWithoutAToken()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var tokens = app.Services.GetRequiredService<NemoTokens>();
        var first = await tokens.GetAsync(Cancellation);
        var client = Assert.Single((await backend.Control.ReadLedgerAsync()).Accounts).ClientId;
        await backend.Control.ChooseAsync(
            new Scenario { ClientId = client, Faults = [new Fault { Call = BackendCall.AnonymousToken, Kind = FaultKind.LostAnswer }] });
        await backend.Control.ExpireTokensAsync();

        Assert.Equal(ErrorCodes.BackendUnavailable, (await Assert.ThrowsAsync<FaceSwapException>(() => tokens.RenewAsync(first, Cancellation))).Code);
        var second = await tokens.RenewAsync(first, Cancellation);

        Assert.NotEqual(first.Account, second.Account);
        Assert.True((await app.Services.GetRequiredService<NemoCredits>().ReadAsync(Cancellation)).Available > 0);
        Assert.Equal(2, (await backend.Control.ReadLedgerAsync()).Accounts.Count);
    }

    [Fact]
    public async Task Renewal_ThatIsRefused_GivesTheClientUpAfterTenMinutesAndOnlyOnceAnHour()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var app = ProductHost.Build(fixture.Azurite, backend, time: clock);
        var tokens = app.Services.GetRequiredService<NemoTokens>();
        var first = await tokens.GetAsync(Cancellation);

        // The backend still counts the first token, though it was refused to the app.
        for (var minute = 0; minute < 10; minute += 3)
        {
            Assert.Equal(ErrorCodes.RateLimited, await RefusalAsync(clock, tokens, first));
            clock.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.Null(await RefusalAsync(clock, tokens, first));
        var second = await tokens.GetAsync(Cancellation);
        Assert.NotEqual(first.Account, second.Account);

        for (var minute = 0; minute < 45; minute += 15)
        {
            Assert.Equal(ErrorCodes.RateLimited, await RefusalAsync(clock, tokens, second));
            clock.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal(2, (await backend.Control.ReadLedgerAsync()).Accounts.Count);
    }

    [Fact]
    public async Task Renewal_WhoseCallerHangsUp_IsNotLostWithIt()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var tokens = app.Services.GetRequiredService<NemoTokens>();
        await backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.TokenRequested }] });
        using var caller = new CancellationTokenSource();
        var hungUp = tokens.GetAsync(caller.Token);
        await backend.Control.WaitForGateAsync("token.requested");

        await caller.CancelAsync();
        await backend.Control.ReleaseGateAsync("token.requested");
        await hungUp;

        await app.Services.GetRequiredService<NemoCredits>().ReadAsync(Cancellation);
        Assert.Single((await backend.Control.ReadLedgerAsync()).Accounts);
    }

    [Fact]
    public async Task Renewal_ThatComesEarlyAndIsRefused_KeepsTheTokenAndAsksAgainAMinuteLater()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var app = ProductHost.Build(fixture.Azurite, backend, time: clock);
        var tokens = app.Services.GetRequiredService<NemoTokens>();
        var first = await tokens.GetAsync(Cancellation);

        clock.Advance(first.ExpiresAt!.Value - TimeSpan.FromMinutes(4) - clock.GetUtcNow());
        var early = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tokens.GetAsync(Cancellation)));
        Assert.All(early, token => Assert.Same(first, token));

        // From now on the backend would give a new one; it is not asked before its minute.
        await backend.Control.ExpireTokensAsync();
        Assert.Same(first, await tokens.GetAsync(Cancellation));
        clock.Advance(TimeSpan.FromMinutes(1));
        var renewed = await tokens.GetAsync(Cancellation);

        Assert.NotSame(first, renewed);
        Assert.Equal(first.Account, renewed.Account);
    }

    [Fact]
    public async Task Renewal_ThatComesEarlyWhileTheBackendIsAway_FailsNobody()
    {
        await using var backend = await SimulatorProcess.StartAsync();
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        using var app = ProductHost.Build(fixture.Azurite, backend, time: clock);
        var tokens = app.Services.GetRequiredService<NemoTokens>();
        var first = await tokens.GetAsync(Cancellation);
        clock.Advance(first.ExpiresAt!.Value - TimeSpan.FromMinutes(1) - clock.GetUtcNow());
        await backend.KillAsync();

        Assert.Same(first, await tokens.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Tokens_OfManyInstances_AreOne()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        var apps = new List<IHost> { ProductHost.Build(fixture.Azurite, backend) };
        var shared = apps[0].Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>();
        for (var instance = 2; instance <= 4; instance++)
        {
            apps.Add(ProductHost.Build(
                fixture.Azurite, backend, settings: [("MasterKey", shared["MasterKey"]!), ("Storage__Container", shared["Storage:Container"]!)]));
        }

        var tokens = await Task.WhenAll(apps.Select(app => TokenOfAsync(app.Services.GetRequiredService<NemoTokens>())));

        Assert.Single(tokens.Select(token => token.Fingerprint).Distinct());
        Assert.Single((await backend.Control.ReadLedgerAsync()).Accounts);
        apps.ForEach(app => app.Dispose());
    }

    /// <summary>The token that an instance comes to, as a step does: again after a refusal, for as long as another instance asks for it.</summary>
    private static Task<NemoToken> TokenOfAsync(NemoTokens tokens) => Eventually.GivesAsync(
        async () =>
        {
            try
            {
                return await tokens.GetAsync(Cancellation);
            }
            catch (FaceSwapException refusal) when (refusal.Code == ErrorCodes.RateLimited)
            {
                return null;
            }
        },
        "the instance has a token");

    /// <summary>Asks for another token while the clock runs on, which the one repetition of a refused request waits for.</summary>
    private static async Task<string?> RefusalAsync(FakeClock clock, NemoTokens tokens, NemoToken rejected)
    {
        var renewal = tokens.RenewAsync(rejected, Cancellation);
        await Eventually.HoldsAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(20));
                return renewal.IsCompleted;
            },
            "the renewal ends");
        return renewal.IsFaulted ? (renewal.Exception.InnerException as FaceSwapException)?.Code : null;
    }
}
