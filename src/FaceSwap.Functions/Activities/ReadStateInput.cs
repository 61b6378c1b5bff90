namespace FaceSwap.Functions.Activities;

public sealed record ReadStateInput(string JobId, string SessionId, string Baseline);
