namespace FaceSwap.NemoVideo.Drafts;

/// <summary>A track of a draft.</summary>
public sealed record DraftTrack(DraftTrackKind Kind, IReadOnlyList<DraftSegment> Segments);
