namespace FaceSwap.NemoVideo.Renders;

/// <summary>A poll of a render.</summary>
/// <param name="Status">Its state.</param>
/// <param name="Progress">The backend's own percentage, where it gives one.</param>
/// <param name="Address">Where the finished video lies, once it is completed.</param>
public sealed record RenderReading(RenderStatus Status, int? Progress, string? Address);
