namespace NemoVideo.Simulator.Control;

/// <summary>An account a test opened or changed.</summary>
public sealed record AccountView(string UserId);
