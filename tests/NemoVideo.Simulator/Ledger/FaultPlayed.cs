using NemoVideo.Simulator.Scenarios;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A call met a fault; the counter says how many calls had come before it.</summary>
internal sealed record FaultPlayed(string Counter, int Arrival, Fault Fault) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Faults = world.Faults.Add(new PlayedFault { Counter = Counter, Arrival = Arrival, Fault = Fault, At = At });
}
