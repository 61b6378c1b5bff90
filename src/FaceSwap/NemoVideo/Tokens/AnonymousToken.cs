namespace FaceSwap.NemoVideo.Tokens;

/// <summary>An anonymous token as it is kept, sealed, in the storage account.</summary>
internal sealed record AnonymousToken(string Token, string ClientId, string UserId, DateTimeOffset ExpiresAt);
