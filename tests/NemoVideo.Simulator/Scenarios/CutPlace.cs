using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Scenarios;

/// <summary>Where a stream breaks.</summary>
[JsonConverter(typeof(SnakeCaseEnum<CutPlace>))]
public enum CutPlace
{
    /// <summary>Between two events.</summary>
    Boundary,

    /// <summary>In the middle of an event.</summary>
    MidEvent,

    /// <summary>Between the bytes of one character.</summary>
    MidCharacter,

    /// <summary>Before any byte of the answer.</summary>
    BeforeHeaders,

    /// <summary>After the last event, without the end of the body.</summary>
    AfterLast,
}
