using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Renders;

/// <summary>The life of a render.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RenderStatus>))]
public enum RenderStatus
{
    Pending,
    Processing,
    Completed,
    Failed,
    Cancelled,
}
