using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>The phases that take time.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Phase>))]
public enum Phase
{
    /// <summary>Before any call is looked at.</summary>
    Latency,

    /// <summary>Before each piece of text.</summary>
    Text,

    /// <summary>Between two heartbeats.</summary>
    Heartbeat,

    /// <summary>The first stage.</summary>
    Generation,

    /// <summary>The second stage.</summary>
    SecondStage,

    /// <summary>A render's time in <c>pending</c>.</summary>
    RenderQueue,

    /// <summary>A render's time in <c>processing</c>, compositing included.</summary>
    Render,
}
