using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>The HTTP status that goes with a code.</summary>
[JsonConverter(typeof(SnakeCaseEnum<ErrorStatus>))]
public enum ErrorStatus
{
    /// <summary>One that fits the code.</summary>
    Matching,

    /// <summary>Always 200.</summary>
    Ok,
}
