namespace FaceSwap.Storage;

/// <summary>A signed address to one blob and the moment it stops working.</summary>
public sealed record BlobLink(Uri Address, DateTimeOffset ExpiresAt);
