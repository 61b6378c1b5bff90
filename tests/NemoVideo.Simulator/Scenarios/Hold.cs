using NemoVideo.Simulator.Gates;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>A point at which the simulator waits before a gate until a test opens it.</summary>
public sealed record Hold
{
    public required Point At { get; init; }

    /// <summary>The gate's name; null: the point's own name.</summary>
    public string? Gate { get; set; }

    /// <summary>How often the point is passed freely before the gate holds; 0 by default. Counted as faults are.</summary>
    public int Skip { get; set; }
}
