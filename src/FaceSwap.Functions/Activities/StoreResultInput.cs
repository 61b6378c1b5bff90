namespace FaceSwap.Functions.Activities;

public sealed record StoreResultInput(string JobId, string RenderId, string? Address);
