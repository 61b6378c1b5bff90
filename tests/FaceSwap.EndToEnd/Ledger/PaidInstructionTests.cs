using FaceSwap.EndToEnd.Drivers;
using FaceSwap.Errors;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Sessions;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Testing.Backend;
using Microsoft.Extensions.DependencyInjection;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Scenarios;
using Xunit;

namespace FaceSwap.EndToEnd.Ledger;

/// <summary>The step that pays, run as the platform runs it: at least once.</summary>
public sealed class PaidInstructionTests(AzuriteFixture fixture)
{
    private const string Job = "job_1";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_AtTheSameTime_SendOneMessage()
    {
        // With credits for a second message: a run that comes late must not fail for want of those that the first one spends.
        await using var backend = await InProcessSimulator.StartAsync("--anonymouscredits=1000");
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var session = await OpenAsync(app.Services);

        // Held where they have looked and found no intent: all of them are about to make one.
        await backend.Control.ChooseAsync(new Scenario { Holds = [new Hold { At = Point.StateRead, Gate = "looked" }] });
        var runs = Enumerable.Range(0, 5).Select(_ => SendAsync(app.Services, session)).ToArray();
        await backend.Control.WaitForGateAsync("looked", arrivals: 5);
        await backend.Control.ReleaseGateAsync("looked");
        var reports = await Task.WhenAll(runs);

        Assert.Single((await backend.Control.ReadLedgerAsync()).Messages);
        Assert.Single(reports, report => report.Kind == SendReportKind.Replied);
        Assert.Equal(4, reports.Count(report => report.Kind == SendReportKind.Uncertain));
        Assert.Single(reports.Select(report => (report.Baseline, report.IntendedAt)).Distinct());
        Assert.Equal(0, await ReservedAsync(app.Services));
    }

    [Fact]
    public async Task Runs_OneAfterAnother_SendOneMessage()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var session = await OpenAsync(app.Services);

        var first = await SendAsync(app.Services, session);
        var second = await SendAsync(app.Services, session);

        Assert.Equal((SendReportKind.Replied, SendReportKind.Uncertain), (first.Kind, second.Kind));
        Assert.Equal((first.Baseline, first.IntendedAt), (second.Baseline, second.IntendedAt));
        Assert.Single((await backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Run_AfterTheReviewOfOneThatLeftNoTrace_IsForbiddenToSend()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var session = await OpenAsync(app.Services);

        var review = await app.Services.GetRequiredService<PaidInstruction>().ReviewAsync(Job, 1, session, Cancellation);
        var lingering = await SendAsync(app.Services, session);

        Assert.Equal((SendReportKind.DidNotRun, SendReportKind.DidNotRun), (review.Kind, lingering.Kind));
        Assert.Equal(ErrorCodes.NotSent, lingering.Error?.Code);
        Assert.Empty((await backend.Control.ReadLedgerAsync()).Messages);
    }

    [Fact]
    public async Task Refusal_ThatProvesThatNothingRan_IsKnownToALaterRun()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var session = await OpenAsync(app.Services);
        await backend.Control.ChooseAsync(new Scenario { Faults = [new Fault { Call = BackendCall.Message, Kind = FaultKind.NoCredits }] });

        var refused = await SendAsync(app.Services, session);
        var later = await SendAsync(app.Services, session);

        Assert.Equal((SendReportKind.DidNotRun, SendReportKind.DidNotRun), (refused.Kind, later.Kind));
        Assert.Equal((ErrorCodes.InsufficientCredits, ErrorCodes.InsufficientCredits), (refused.Error?.Code, later.Error?.Code));
        Assert.Equal(0, await ReservedAsync(app.Services));
    }

    [Fact]
    public async Task Session_ThatAnotherJobTookOver_GetsNoMessage()
    {
        await using var backend = await InProcessSimulator.StartAsync();
        using var app = ProductHost.Build(fixture.Azurite, backend);
        var session = await OpenAsync(app.Services);
        var claims = app.Services.GetRequiredService<SessionClaims>();
        Assert.True(await claims.TryClaimAsync(session, "job_2", await claims.ReadAsync(session, Cancellation), Cancellation));

        Assert.Equal(ErrorCodes.SessionBusy, (await Assert.ThrowsAsync<FaceSwapException>(() => SendAsync(app.Services, session))).Code);
        Assert.Empty((await backend.Control.ReadLedgerAsync()).Messages);
    }

    private static async Task<string> OpenAsync(IServiceProvider app) =>
        (await app.GetRequiredService<NemoSessions>().OpenAsync(Job, "en", Cancellation)).SessionId;

    private static Task<SendReport> SendAsync(IServiceProvider app, string session) =>
        app.GetRequiredService<PaidInstruction>().SendOnceAsync(Job, 1, session, "swap", false, false, Cancellation);

    private static async Task<decimal> ReservedAsync(IServiceProvider app)
    {
        var token = await app.GetRequiredService<NemoTokens>().GetAsync(Cancellation);
        return await app.GetRequiredService<CreditReservations>().ReservedAsync(token.Account, Cancellation);
    }
}
