using FaceSwap.Functions.Orchestrations;

namespace FaceSwap.Functions.Activities;

public sealed record UploadMediaInput(string JobId, string SessionId, StagedPair Media);
