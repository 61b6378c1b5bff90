using FaceSwap.Media;

namespace FaceSwap.Jobs;

/// <summary>Where a media file of a job comes from: an address that is still to be fetched, or a file that came with the request.</summary>
public sealed record MediaSource(string? Address, StagedMedia? Staged);
