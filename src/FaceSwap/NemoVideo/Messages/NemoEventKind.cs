namespace FaceSwap.NemoVideo.Messages;

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
