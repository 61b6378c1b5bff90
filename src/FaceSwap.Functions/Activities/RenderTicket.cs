namespace FaceSwap.Functions.Activities;

/// <summary>A render that was asked for.</summary>
/// <param name="Observed">How long the last renders took; it plans the polls.</param>
public sealed record RenderTicket(IReadOnlyList<TimeSpan> Observed);
