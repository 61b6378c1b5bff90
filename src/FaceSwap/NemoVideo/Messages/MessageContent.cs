namespace FaceSwap.NemoVideo.Messages;

internal sealed record MessageContent(MessagePart[] Parts);
