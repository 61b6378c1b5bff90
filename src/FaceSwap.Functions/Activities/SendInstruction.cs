using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities;

/// <summary>Sends the instruction that is paid for, once, and follows the stream of its answer.</summary>
public sealed class SendInstruction(PaidInstruction instruction)
{
    [Function(nameof(SendInstruction))]
    public Task<StepResult<SendReport>> RunAsync([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        Step.RunAsync(() => instruction.SendOnceAsync(input.JobId, input.Attempt, input.SessionId, input.Instruction, input.InDoubt, cancellationToken));
}
