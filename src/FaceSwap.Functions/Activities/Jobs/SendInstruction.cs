using FaceSwap.Errors;
using FaceSwap.Ledger;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Jobs;

/// <summary>Sends the instruction that is paid for, once, and follows the stream of its answer.</summary>
public sealed class SendInstruction(PaidInstruction instruction, StepEdge edge)
{
    [Function(nameof(SendInstruction))]
    public Task<StepResult<SendReport>> RunAsync([ActivityTrigger] SendInstructionInput input, CancellationToken cancellationToken) =>
        edge.RunAsync(input.JobId, token => instruction.SendOnceAsync(input.JobId, input.Attempt, input.SessionId, input.Instruction, input.InDoubt, input.IsOfBatch, token), cancellationToken);
}

/// <param name="JobId">The job that pays.</param>
/// <param name="Attempt">Which message of the job this is, from 1.</param>
/// <param name="SessionId">The session it goes to.</param>
/// <param name="Instruction">What it says.</param>
/// <param name="InDoubt">Whether it goes out although an earlier one may have been charged, as the caller chose.</param>
/// <param name="IsOfBatch">Whether the job is an item of a batch, which leaves room for others.</param>
public sealed record SendInstructionInput(string JobId, int Attempt, string SessionId, string Instruction, bool InDoubt = false, bool IsOfBatch = false);
