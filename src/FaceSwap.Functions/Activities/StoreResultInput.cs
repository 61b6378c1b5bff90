using FaceSwap.Functions.Orchestrations;

namespace FaceSwap.Functions.Activities;

public sealed record StoreResultInput(string JobId, FinishedRender Render);
