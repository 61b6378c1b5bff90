using System.Text.Json.Serialization;

namespace NemoVideo.Simulator.Messages;

/// <summary>How far a message got.</summary>
[JsonConverter(typeof(SnakeCaseEnum<MessageOutcome>))]
public enum MessageOutcome
{
    /// <summary>Taken in; nothing reserved yet.</summary>
    Received,

    /// <summary>Turned away before it ran; nothing charged.</summary>
    Refused,

    /// <summary>In progress; its credits are frozen.</summary>
    Running,

    /// <summary>The timeline changed and all stages are over.</summary>
    Applied,

    /// <summary>Over without a change of the timeline.</summary>
    Unchanged,

    /// <summary>Stopped because the caller went away; what had been applied stays.</summary>
    Cancelled,
}
