namespace FaceSwap.NemoVideo.Messages;

internal sealed record MessagePart(string Text);
