namespace FaceSwap.LocalHost.Durable.History;

internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;
