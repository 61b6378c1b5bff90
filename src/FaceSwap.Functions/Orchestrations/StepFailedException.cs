using FaceSwap.Errors;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Leaves the recipe of a job at the step that failed; it never leaves the orchestrator.</summary>
internal sealed class StepFailedException(JobError error) : Exception(error.Detail)
{
    public JobError Error { get; } = error;
}
