namespace NemoVideo.Simulator.Scenarios;

/// <summary>Breaks a message's stream.</summary>
public sealed record Cut
{
    /// <summary>How many whole events are sent first; 0 by default.</summary>
    public int AfterEvents { get; set; }

    /// <summary>Where, after those events, the connection breaks; between two events by default.</summary>
    public CutPlace Place { get; set; }
}
