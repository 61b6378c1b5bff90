namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The orchestrator sent an event to another instance.</summary>
internal sealed record EventSent(int Id, string InstanceId, string Name) : HistoryEvent, ITaskScheduled
{
    public string Describe() => $"event '{Name}' to '{InstanceId}'";
}
