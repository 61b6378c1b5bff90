using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A test chose a scenario.</summary>
internal sealed record ScenarioChosen(Scenario Scenario) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Scenarios = world.Scenarios.Add(Scenario);
}
