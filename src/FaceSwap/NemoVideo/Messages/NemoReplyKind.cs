namespace FaceSwap.NemoVideo.Messages;

/// <summary>How the sending of a message went.</summary>
public enum NemoReplyKind
{
    /// <summary>The stream of the answer is open.</summary>
    Streaming,

    /// <summary>The backend refused before it began: the message has not run.</summary>
    Refused,

    /// <summary>No byte of the message left the process.</summary>
    NotSent,

    /// <summary>The message left; whether it runs is not known.</summary>
    Unknown,
}
