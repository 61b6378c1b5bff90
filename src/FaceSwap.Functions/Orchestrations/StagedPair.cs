using FaceSwap.Media;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>The media of a job, staged.</summary>
public sealed record StagedPair(StagedMedia Video, StagedMedia Face);
