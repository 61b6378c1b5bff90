using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>How an instance ended.</summary>
/// <param name="Output">The serialised output; for a failed instance its text, which is no JSON, as on Azure Storage.</param>
internal sealed record ExecutionEnd(OrchestrationRuntimeStatus Status, string? Output, Failure? Failure)
{
    public static ExecutionEnd Failed(Failure failure) =>
        new(OrchestrationRuntimeStatus.Failed, $"{failure.ErrorType}: {failure.Message}", failure);
}
