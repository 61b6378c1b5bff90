namespace FaceSwap.Functions.Activities;

public sealed record ConnectInput(string JobId, string Language);
