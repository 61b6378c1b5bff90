using FaceSwap.Jobs;

namespace FaceSwap.Functions.Activities;

public sealed record StageMediaInput(string JobId, MediaSource Video, MediaSource Face);
