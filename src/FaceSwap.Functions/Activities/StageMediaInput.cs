using FaceSwap.Jobs;
using FaceSwap.Media;

namespace FaceSwap.Functions.Activities;

public sealed record StageMediaInput(string JobId, MediaRole Role, MediaSource Source);
