namespace NemoVideo.Simulator.Scenarios;

/// <summary>A fault that a call met.</summary>
public sealed record PlayedFault
{
    /// <summary>Scenario, fault and session (or account) the fault is counted for.</summary>
    public required string Counter { get; init; }

    /// <summary>How many calls had passed this counter before.</summary>
    public required int Arrival { get; init; }

    public required Fault Fault { get; init; }

    public required DateTimeOffset At { get; init; }
}
