namespace FaceSwap.NemoVideo.Messages;

/// <summary>One event of the stream.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Text">The text of a text event.</param>
/// <param name="IsPartial">Whether the same text comes once more as a whole.</param>
public readonly record struct NemoEvent(NemoEventKind Kind, string? Text = null, bool IsPartial = false);

/// <summary>What an event of the stream means to the app.</summary>
public enum NemoEventKind
{
    /// <summary>The work goes on; nothing else.</summary>
    Heartbeat,

    /// <summary>Text of the agent, for people.</summary>
    Text,

    /// <summary>The agent uses a tool; this stays inside the app.</summary>
    Tool,

    /// <summary>The agent or the gateway reports an error.</summary>
    Failure,

    /// <summary>Anything the app does not know.</summary>
    Other,
}
