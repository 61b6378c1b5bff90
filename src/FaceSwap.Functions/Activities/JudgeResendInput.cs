namespace FaceSwap.Functions.Activities;

public sealed record JudgeResendInput(string JobId, int Attempt);
