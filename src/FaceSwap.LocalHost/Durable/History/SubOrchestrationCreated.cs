namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The orchestrator started a sub-orchestration under the given instance id.</summary>
internal sealed record SubOrchestrationCreated(int Id, string Name, string InstanceId) : HistoryEvent, ITaskScheduled
{
    public string Describe() => $"sub-orchestrator '{Name}'";
}
