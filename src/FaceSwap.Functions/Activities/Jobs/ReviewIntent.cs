using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Finds out how far a sending came that ended without a report.</summary>
public sealed class ReviewIntent(PaidInstruction instruction, StepEdge edge)
{
    [Function(nameof(ReviewIntent))]
    public Task<StepResult<SendReport>> RunAsync([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => instruction.ReviewAsync(input.JobId, input.Attempt, input.SessionId, token), cancellationToken);
}
