using NemoVideo.Simulator.Ledger;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>Counts how often something was met. Where a fault was played before a restart, the count goes on from there.</summary>
internal sealed class Counters
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> next = [];

    public Counters(BackendLedger ledger)
    {
        foreach (var fault in ledger.World.Faults)
        {
            next[fault.Counter] = fault.Arrival + 1;
        }
    }

    /// <summary>How many came before this one.</summary>
    public int Next(string counter)
    {
        lock (gate)
        {
            var arrival = next.GetValueOrDefault(counter);
            next[counter] = arrival + 1;
            return arrival;
        }
    }
}
