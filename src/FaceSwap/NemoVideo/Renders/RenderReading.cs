using System.Text.Json.Serialization;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>A poll of a render.</summary>
/// <param name="Status">Its state.</param>
/// <param name="Progress">The backend's own percentage, where it gives one.</param>
/// <param name="Address">Where the finished video lies, once it is completed.</param>
/// <param name="Duration">How long it took, where the backend gives both times.</param>
public sealed record RenderReading(RenderStatus Status, int? Progress, string? Address, TimeSpan? Duration = null);

/// <summary>The state of a render at the backend.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RenderStatus>))]
public enum RenderStatus
{
    Pending,
    Processing,
    Completed,
    Failed,
}
