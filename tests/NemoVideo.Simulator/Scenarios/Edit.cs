using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>What a message does to the timeline.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Edit>))]
public enum Edit
{
    /// <summary>It changes and is charged.</summary>
    Applied,

    /// <summary>Nothing happens and nothing is charged.</summary>
    None,

    /// <summary>Nothing changes, and it is charged all the same.</summary>
    ChargedOnly,
}
