using FaceSwap.Media;

namespace FaceSwap.Functions.Http.Submission;

/// <summary>A submission as it was read: its fields, and the files that came with it, staged already.</summary>
public sealed record Submitted(JobBody Body, StagedMedia? Video, StagedMedia? Face);
