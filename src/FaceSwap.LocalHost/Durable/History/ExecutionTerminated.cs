namespace FaceSwap.LocalHost.Durable.History;

/// <summary>Somebody ended the instance from outside.</summary>
/// <param name="Output">The serialised output to report, or null.</param>
/// <param name="Recursive">Whether running sub-orchestrations end with it.</param>
internal sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;
