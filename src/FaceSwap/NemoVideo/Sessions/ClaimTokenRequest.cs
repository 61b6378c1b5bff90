namespace FaceSwap.NemoVideo.Sessions;

internal sealed record ClaimTokenRequest(string TaskId, string SessionId);
