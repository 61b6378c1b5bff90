namespace FaceSwap.LocalHost.Tests.Triggers;

/// <summary>The system clock, moved by as much as a test says; timers run as they do.</summary>
internal sealed class ShiftedClock(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
}
