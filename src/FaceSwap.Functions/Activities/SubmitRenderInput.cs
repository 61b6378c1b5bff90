namespace FaceSwap.Functions.Activities;

public sealed record SubmitRenderInput(string JobId, string SessionId, string RenderId);
