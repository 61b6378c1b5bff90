namespace FaceSwap.LocalHost.Durable.History;

internal sealed record SubOrchestrationCompleted(int Id, string? Result) : HistoryEvent, ITaskOutcome;
