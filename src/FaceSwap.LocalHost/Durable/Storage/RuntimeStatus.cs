using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What the engine asks of a status.</summary>
internal static class RuntimeStatus
{
    extension(OrchestrationRuntimeStatus status)
    {
        /// <summary>Whether nothing more happens to an instance in this status.</summary>
        public bool IsFinal => status is OrchestrationRuntimeStatus.Completed
            or OrchestrationRuntimeStatus.Failed
            or OrchestrationRuntimeStatus.Terminated;
    }
}
