namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The orchestrator called an activity. Its input lies with the work item, not in the history.</summary>
internal sealed record ActivityScheduled(int Id, string Name) : HistoryEvent, ITaskScheduled
{
    public string Describe() => $"activity '{Name}'";
}
