using NemoVideo.Simulator.Ledger;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>Decides whether a call meets a fault.</summary>
internal sealed class FaultPlayer(BackendLedger ledger, Counters counters)
{
    /// <summary>The fault this call meets, if any. Every fault set for the call counts it.</summary>
    public Fault? Next(Scenario scenario, BackendCall call, string who)
    {
        Fault? met = null;
        for (var index = 0; index < scenario.Faults.Count; index++)
        {
            var fault = scenario.Faults[index];
            if (fault.Call != call)
            {
                continue;
            }

            var counter = $"{scenario.Id}/{index}/{who}";
            var arrival = counters.Next(counter);
            if (met is null && arrival >= fault.Skip && arrival < fault.Skip + fault.Times)
            {
                met = fault;
                ledger.Write(new FaultPlayed(counter, arrival, fault));
            }
        }

        return met;
    }
}
