using Azure;

namespace FaceSwap.Ledger;

/// <summary>Who claimed a session, as it was read.</summary>
public sealed record SessionClaim(string? JobId, ETag? Version);
