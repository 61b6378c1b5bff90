using System.Text.Json.Serialization;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>The state of a render at the backend.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RenderStatus>))]
public enum RenderStatus
{
    Pending,
    Processing,
    Completed,
    Failed,
}
