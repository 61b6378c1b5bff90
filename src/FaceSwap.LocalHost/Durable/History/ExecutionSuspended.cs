namespace FaceSwap.LocalHost.Durable.History;

/// <summary>From here on events are kept and not delivered, until <see cref="ExecutionResumed"/>.</summary>
internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;
