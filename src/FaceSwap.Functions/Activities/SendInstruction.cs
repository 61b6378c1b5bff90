using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Sends the instruction that is paid for, once, and follows the stream of its answer.</summary>
public sealed class SendInstruction(PaidInstruction instruction, StepEdge edge)
{
    [Function(nameof(SendInstruction))]
    public Task<StepResult<SendReport>> RunAsync([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(token => instruction.SendOnceAsync(input.JobId, input.Attempt, input.SessionId, input.Instruction, input.InDoubt, token), cancellationToken);
}
