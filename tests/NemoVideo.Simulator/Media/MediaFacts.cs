namespace NemoVideo.Simulator.Media;

/// <summary>What the backend reports about a medium. Duration in seconds, size in pixels.</summary>
public sealed record MediaFacts(double Duration, int Width, int Height, double Fps)
{
    /// <summary>Reported for a clip whose header does not say.</summary>
    public static MediaFacts Nominal { get; } = new(10, 1280, 720, 30);
}
