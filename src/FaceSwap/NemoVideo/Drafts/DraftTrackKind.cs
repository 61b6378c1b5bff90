namespace FaceSwap.NemoVideo.Drafts;

/// <summary>The kind of a track, by the backend's numbers.</summary>
public enum DraftTrackKind
{
    Video = 0,
    Audio = 1,
    Text = 7,
}
