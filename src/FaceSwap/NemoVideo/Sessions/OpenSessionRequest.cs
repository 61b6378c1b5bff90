namespace FaceSwap.NemoVideo.Sessions;

internal sealed record OpenSessionRequest(string TaskName, string Language);
