namespace FaceSwap.NemoVideo.Sessions;

/// <summary>An editing session at the backend.</summary>
/// <param name="TaskId">The project it belongs to.</param>
/// <param name="SessionId">Its id: digits, longer than a number can hold exactly, and so a text everywhere.</param>
public sealed record NemoSession(string TaskId, string SessionId);
