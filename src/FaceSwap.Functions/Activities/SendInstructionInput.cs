namespace FaceSwap.Functions.Activities;

public sealed record SendInstructionInput(string JobId, int Attempt, string SessionId, string Instruction);
