namespace FaceSwap.LocalHost.Durable.History;

internal sealed record TimerFired(int Id) : HistoryEvent, ITaskOutcome;
