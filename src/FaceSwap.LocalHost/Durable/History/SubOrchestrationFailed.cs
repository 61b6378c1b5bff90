namespace FaceSwap.LocalHost.Durable.History;

internal sealed record SubOrchestrationFailed(int Id, Failure Failure) : HistoryEvent, ITaskOutcome;
