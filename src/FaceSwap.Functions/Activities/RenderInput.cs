namespace FaceSwap.Functions.Activities;

public sealed record RenderInput(string RenderId);
