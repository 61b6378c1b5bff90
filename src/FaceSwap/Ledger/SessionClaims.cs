using FaceSwap.Storage;

namespace FaceSwap.Ledger;

/// <summary>Remembers which job edits a session, so that two never do at once: each would take the other's change for its own.</summary>
/// <remarks>Nothing is given back: a claim counts for as long as its job runs, and whoever asks looks at that job.</remarks>
public sealed class SessionClaims(BlobStore store)
{
    /// <summary>The job that claimed the session last, or null.</summary>
    public async Task<SessionClaim> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        var (owner, version) = await store.ReadVersionedAsync(JobPaths.SessionOwner(sessionId), LedgerJson.Default.String, cancellationToken);
        return new SessionClaim(owner, version);
    }

    /// <summary>Claims a session for a job; false when another claimed it since it was read.</summary>
    public Task<bool> TryClaimAsync(string sessionId, string jobId, SessionClaim read, CancellationToken cancellationToken) =>
        store.TryReplaceAsync(JobPaths.SessionOwner(sessionId), jobId, read.Version, LedgerJson.Default.String, cancellationToken);
}
