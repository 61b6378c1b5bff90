using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.History;

/// <summary>The last event of an execution; its output lies in the instance's row.</summary>
internal sealed record ExecutionCompleted(OrchestrationRuntimeStatus Status) : HistoryEvent;
