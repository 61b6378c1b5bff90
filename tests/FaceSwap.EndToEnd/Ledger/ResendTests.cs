using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Testing.Backend;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FaceSwap.EndToEnd.Ledger;

/// <summary>A second message: what is looked at in the moment before it would leave.</summary>
public sealed class ResendTests(AzuriteFixture fixture)
{
    private const string Job = "job_1";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_WithEverythingAsBefore_IsSent()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var first = await SendInDoubtAsync(app.Services);

        var report = await SendSecondAsync(app.Services, first);

        Assert.Equal(SendReportKind.Replied, report.Kind);
        Assert.Single((await backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Second_WhoseFirstShowsInTheSessionByThen_IsForbiddenAndTheFirstIsLookedFor()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var first = await SendInDoubtAsync(app.Services, baseline: "as it was before the first message");

        var report = await SendSecondAsync(app.Services, first);
        var lingering = await SendSecondAsync(app.Services, first);

        Assert.Equal((SendReportKind.Uncertain, first.Baseline, first.CreatedAt), (report.Kind, report.Baseline, report.IntendedAt));
        Assert.Equal((SendReportKind.DidNotRun, ErrorCodes.NotSent), (lingering.Kind, lingering.Error?.Code));
        Assert.Empty((await backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Second_AfterCreditsChanged_IsNotSentUnlessTheCallerChoseTo()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var first = await SendInDoubtAsync(app.Services, spent: 100);

        var failure = await Assert.ThrowsAsync<FaceSwapException>(() => SendSecondAsync(app.Services, first));
        Assert.Equal(ErrorCodes.AmbiguousOutcome, failure.Code);
        Assert.Empty((await backend.Control.ReadLedgerAsync()).Messages);
        Assert.Equal(0, await ReservedAsync(app.Services, first.Account));

        Assert.Equal(SendReportKind.Replied, (await SendSecondAsync(app.Services, first, inDoubt: true)).Kind);
        Assert.Single((await backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Second_InAnotherSession_IsJudgedByTheCreditsAndNeverByTheStateOfTheFirst()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var first = await SendInDoubtAsync(app.Services, baseline: "the state of a session that is gone");
        var other = await app.Services.GetRequiredService<NemoSessions>().OpenAsync(Job, "en", Cancellation);

        var report = await app.Services.GetRequiredService<PaidInstruction>().SendOnceAsync(Job, 2, other.SessionId, "swap", false, false, Cancellation);

        Assert.Equal(SendReportKind.Replied, report.Kind);
        Assert.NotEqual(first.Baseline, report.Baseline);
    }

    [Fact]
    public async Task Second_AfterTheFirstTookTheLastCredits_IsInDoubtAndNotAMatterOfCredits()
    {
        await using var backend = await InProcessSimulator.StartAsync("--anonymouscredits=50");
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var first = await SendInDoubtAsync(app.Services, spent: 100);

        Assert.Equal(ErrorCodes.AmbiguousOutcome, (await Assert.ThrowsAsync<FaceSwapException>(() => SendSecondAsync(app.Services, first))).Code);
    }

    [Fact]
    public async Task Second_UnderAnotherToken_IsNotSent()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var first = await SendInDoubtAsync(app.Services, token: "another");

        Assert.Equal(ErrorCodes.AmbiguousOutcome, (await Assert.ThrowsAsync<FaceSwapException>(() => SendSecondAsync(app.Services, first))).Code);
        Assert.Empty((await backend.Control.ReadLedgerAsync()).Messages);
    }

    private static Task<decimal> ReservedAsync(IServiceProvider app, string account) =>
        app.GetRequiredService<CreditReservations>().ReservedAsync(account, Cancellation);

    private static Task<SendReport> SendSecondAsync(IServiceProvider app, SwapIntent first, bool inDoubt = false) =>
        app.GetRequiredService<PaidInstruction>().SendOnceAsync(Job, 2, first.SessionId, "swap", inDoubt, false, Cancellation);

    /// <summary>The intent of a first message that left no trace, as it would be found after a crash.</summary>
    private static async Task<SwapIntent> SendInDoubtAsync(IServiceProvider app, string? baseline = null, string? token = null, decimal spent = 0)
    {
        var sessions = app.GetRequiredService<NemoSessions>();
        var session = await sessions.OpenAsync(Job, "en", Cancellation);
        var state = await sessions.ReadStateAsync(session.SessionId, Cancellation);
        var balance = await app.GetRequiredService<NemoCredits>().ReadAsync(Cancellation);
        var current = await app.GetRequiredService<NemoTokens>().GetAsync(Cancellation);
        var then = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(15);
        var intent = new SwapIntent(
            Job, 1, session.SessionId, current.Account, baseline ?? state.Hash, balance.Available + spent, balance.Frozen, then, then + TimeSpan.FromMinutes(1),
            Token: token ?? current.Fingerprint, Nonce: "first");
        Assert.True(await app.GetRequiredService<SwapLedger>().TryClaimAsync(intent, Cancellation));
        return intent;
    }
}
