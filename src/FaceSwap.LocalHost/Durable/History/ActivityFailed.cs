namespace FaceSwap.LocalHost.Durable.History;

internal sealed record ActivityFailed(int Id, Failure Failure) : HistoryEvent, ITaskOutcome;
