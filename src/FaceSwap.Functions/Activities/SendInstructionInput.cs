namespace FaceSwap.Functions.Activities;

/// <param name="JobId">The job that pays.</param>
/// <param name="Attempt">Which message of the job this is, from 1.</param>
/// <param name="SessionId">The session it goes to.</param>
/// <param name="Instruction">What it says.</param>
/// <param name="InDoubt">Whether it goes out although an earlier one may have been charged, as the caller chose.</param>
public sealed record SendInstructionInput(string JobId, int Attempt, string SessionId, string Instruction, bool InDoubt = false);
