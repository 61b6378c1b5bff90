namespace FaceSwap.Functions.Http;

/// <summary>Where a finished video can be read, and for how long.</summary>
public sealed record ResultBody(Uri Url, DateTimeOffset ExpiresAt, string ContentType, long Size, string Sha256);
