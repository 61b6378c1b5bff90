namespace FaceSwap.LocalHost.Durable.History;

internal sealed record ActivityCompleted(int Id, string? Result) : HistoryEvent, ITaskOutcome;
