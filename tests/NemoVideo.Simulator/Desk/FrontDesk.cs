using NemoVideo.Simulator.Accounts;
using NemoVideo.Simulator.Gates;
using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Desk;

/// <summary>Lets calls in: latency, bearer token, session, the faults of the scenario. Then the call may act.</summary>
internal sealed class FrontDesk(
    BackendLedger ledger,
    Bearer bearer,
    ScenarioBook scenarios,
    FaultPlayer faults,
    FaultAnswers faultAnswers,
    GateKeeper gates,
    PhaseClock clock,
    IHostApplicationLifetime lifetime)
{
    /// <summary>Serves a call that needs no token.</summary>
    public Task<IResult> ServeAnyoneAsync(HttpContext http, BackendCall call, Scenario scenario, string who, Func<Visit, Task<IResult>> act) =>
        ServeAsync(call, NewVisit(http, scenario, who), null, act);

    /// <summary>Serves a call of an account about no session, or (with its task name) about one that is yet to be created.</summary>
    public Task<IResult> ServeAccountAsync(HttpContext http, BackendCall call, string? taskName, Func<Visit, Task<IResult>> act)
    {
        var token = bearer.Of(http.Request);
        var account = AccountOf(token);
        var scenario = taskName is null
            ? scenarios.ForClient(account?.ClientId)
            : scenarios.ForNextSession(taskName, account?.ClientId);
        var visit = NewVisit(http, scenario, account?.UserId ?? "nobody") with { Account = account };
        return account is null ? Invalid(visit) : ServeAsync(call, visit, token, act);
    }

    /// <summary>Serves a call of an account about one of its sessions.</summary>
    public Task<IResult> ServeSessionAsync(HttpContext http, BackendCall call, string sessionId, Func<Visit, Task<IResult>> act)
    {
        var token = bearer.Of(http.Request);
        var account = AccountOf(token);
        var session = ledger.World.Sessions.GetValueOrDefault(sessionId);
        var scenario = session is null ? scenarios.ForClient(account?.ClientId) : scenarios.For(session);
        var visit = NewVisit(http, scenario, sessionId) with { Account = account, Session = session };
        if (account is null)
        {
            return Invalid(visit);
        }

        return session is { Ended: false } && session.UserId == account.UserId
            ? ServeAsync(call, visit, token, act)
            : Task.FromResult(visit.Refuse(Codes.SessionNotFound, "session not found"));
    }

    private async Task<IResult> ServeAsync(BackendCall call, Visit visit, Token? token, Func<Visit, Task<IResult>> act)
    {
        await clock.WaitAsync(visit.Scenario, Phase.Latency, visit.Http.RequestAborted);
        switch (faults.Next(visit.Scenario, call, visit.Who))
        {
            case null:
                return await act(visit);
            case { Kind: FaultKind.LostAnswer }:
                await act(visit);
                return new BrokenConnection();
            case { } fault:
                return faultAnswers.Of(fault, visit, token);
        }
    }

    private Visit NewVisit(HttpContext http, Scenario scenario, string who)
    {
        var life = scenario.OnDisconnect == OnDisconnect.Cancel ? http.RequestAborted : lifetime.ApplicationStopping;
        return new Visit(http, scenario, who, gates, life);
    }

    private Account? AccountOf(Token? token) => token is null ? null : ledger.World.Accounts[token.UserId];

    private static Task<IResult> Invalid(Visit visit) => Task.FromResult(FaultAnswers.InvalidTokenFor(visit));
}
