namespace NemoVideo.Simulator;

/// <summary>How long the phases take unless a timing says otherwise.</summary>
internal enum Profile
{
    /// <summary>Tens of milliseconds, for tests.</summary>
    Fast,

    /// <summary>Seconds, so that people see the stages.</summary>
    Natural,
}
