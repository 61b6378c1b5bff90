namespace FaceSwap.NemoVideo.Messages;

/// <summary>One event of the stream.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Text">The text of a text event.</param>
/// <param name="IsPartial">Whether the same text comes once more as a whole.</param>
public readonly record struct NemoEvent(NemoEventKind Kind, string? Text = null, bool IsPartial = false);
