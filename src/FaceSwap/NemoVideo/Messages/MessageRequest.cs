namespace FaceSwap.NemoVideo.Messages;

/// <summary>The body of a message. Source: backend contract, Message.</summary>
internal sealed record MessageRequest(string AppName, string UserId, string SessionId, MessageContent NewMessage)
{
    public static MessageRequest Of(string sessionId, string text) =>
        new("nemo_agent", "me", sessionId, new MessageContent([new MessagePart(text)]));
}
