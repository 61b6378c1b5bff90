using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Finds out how far a sending came that ended without a report.</summary>
public sealed class ReviewIntent(PaidInstruction instruction)
{
    [Function(nameof(ReviewIntent))]
    public Task<StepResult<SendReport>> RunAsync([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => instruction.ReviewAsync(input.JobId, input.Attempt, input.SessionId, cancellationToken));
}
