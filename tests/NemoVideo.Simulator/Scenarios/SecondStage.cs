using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>When the second stage of a generation happens.</summary>
[JsonConverter(typeof(SnakeCaseEnum<SecondStage>))]
public enum SecondStage
{
    /// <summary>Before the stream ends.</summary>
    InStream,

    /// <summary>After the stream has ended.</summary>
    AfterStream,

    /// <summary>Not at all.</summary>
    None,
}
