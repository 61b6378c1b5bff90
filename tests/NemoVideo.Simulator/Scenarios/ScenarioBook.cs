using NemoVideo.Simulator.Ledger;
using NemoVideo.Simulator.Sessions;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>Finds the scenario that applies.</summary>
internal sealed class ScenarioBook(BackendLedger ledger)
{
    private static readonly Scenario Ordinary = new() { Id = "ordinary" };

    public Scenario Choose(Scenario scenario)
    {
        var named = scenario with { Id = Identifiers.New("scn") };
        ledger.Write(new ScenarioChosen(named));
        return named;
    }

    /// <summary>For a session that exists.</summary>
    public Scenario For(Session session) =>
        Last(scenario => scenario.SessionId == session.SessionId)
        ?? Last(scenario => scenario.Id == session.ScenarioId)
        ?? ForAccount(session.TaskName, ledger.World.Accounts[session.UserId].ClientId);

    /// <summary>For a session that is about to be created.</summary>
    public Scenario ForNextSession(string taskName, string? clientId) =>
        WithRoom() ?? ForAccount(taskName, clientId);

    /// <summary>For a call without a session.</summary>
    public Scenario ForClient(string? clientId) =>
        (clientId is null ? null : Last(scenario => scenario.ClientId == clientId)) ?? Everyone();

    /// <summary>The latest scenario meant for the next sessions that still has room for one.</summary>
    public Scenario? WithRoom() =>
        Last(scenario => scenario.NextSessions > ledger.World.Sessions.Values.Count(session => session.ScenarioId == scenario.Id));

    private Scenario ForAccount(string taskName, string? clientId) =>
        Last(scenario => scenario.TaskName is { } text && taskName.Contains(text, StringComparison.Ordinal)) ?? ForClient(clientId);

    private Scenario Everyone() =>
        Last(scenario => scenario is { SessionId: null, NextSessions: null, TaskName: null, ClientId: null }) ?? Ordinary;

    private Scenario? Last(Predicate<Scenario> fits) => ledger.World.Scenarios.FindLast(fits);
}
