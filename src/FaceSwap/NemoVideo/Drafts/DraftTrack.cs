namespace FaceSwap.NemoVideo.Drafts;

/// <summary>A track of a draft.</summary>
public sealed record DraftTrack(DraftTrackKind Kind, IReadOnlyList<DraftSegment> Segments);

/// <summary>The kind of a track, by the backend's numbers.</summary>
public enum DraftTrackKind
{
    Video = 0,
    Audio = 1,
    Text = 7,
}

/// <summary>A segment of a track, as far as the app understands it.</summary>
/// <param name="Name">What it shows or plays, in the backend's words; empty where it says nothing.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Duration">How long it lasts.</param>
/// <param name="Volume">Its volume in percent, where the backend gives one.</param>
/// <param name="Content">A hash of all of it, known fields and unknown ones.</param>
public sealed record DraftSegment(string Name, TimeSpan Start, TimeSpan Duration, int? Volume, string Content);
