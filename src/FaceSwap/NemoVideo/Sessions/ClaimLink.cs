namespace FaceSwap.NemoVideo.Sessions;

/// <summary>A link that opens one project in the browser.</summary>
public sealed record ClaimLink(Uri Url, DateTimeOffset ExpiresAt);
