namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Who holds the state file, and until when.</summary>
internal sealed record Lease(HostIdentity Holder, DateTimeOffset ExpiresAt);
