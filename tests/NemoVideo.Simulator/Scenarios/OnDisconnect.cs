using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>What becomes of work whose caller goes away.</summary>
[JsonConverter(typeof(SnakeCaseEnum<OnDisconnect>))]
public enum OnDisconnect
{
    /// <summary>It goes on to its end.</summary>
    Continue,

    /// <summary>It stops; what was applied stays.</summary>
    Cancel,
}
