namespace NemoVideo.Simulator.Control;

/// <summary>Makes tokens invalid now: those of one client id, or all of them.</summary>
public sealed record ExpiryRequest
{
    /// <summary>Null: every client's.</summary>
    public string? ClientId { get; init; }
}
