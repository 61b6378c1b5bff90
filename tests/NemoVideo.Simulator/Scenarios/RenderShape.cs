using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>The shape of a render's status.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RenderShape>))]
public enum RenderShape
{
    /// <summary>Status and output beside each other.</summary>
    TopLevel,

    /// <summary>Success and data, in camel case.</summary>
    Wrapped,
}
