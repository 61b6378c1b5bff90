namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The orchestrator set a timer. The moment is not compared in replay: code may compute it anew.</summary>
internal sealed record TimerCreated(int Id, DateTime FireAt) : HistoryEvent, ITaskScheduled
{
    public string Describe() => "a timer";
}
