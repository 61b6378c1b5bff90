using System.Text.Json.Serialization;

namespace FaceSwap.NemoVideo.Messages;

/// <summary>The body of a message. Source: backend contract, Message.</summary>
internal sealed record MessageRequest(string AppName, string UserId, string SessionId, MessageContent NewMessage)
{
    public static MessageRequest Of(string sessionId, string text) =>
        new("nemo_agent", "me", sessionId, new MessageContent([new MessagePart(text)]));
}

internal sealed record MessageContent(MessagePart[] Parts);

internal sealed record MessagePart(string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(MessageRequest))]
internal sealed partial class MessageJson : JsonSerializerContext;
