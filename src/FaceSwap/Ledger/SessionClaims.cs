using Azure;
using FaceSwap.Storage;

namespace FaceSwap.Ledger;

/// <summary>Remembers which job edits a session, so that two never do at once: each would take the other's change for its own.</summary>
/// <remarks>
/// Nothing is given back: a claim counts for as long as its job runs, and whoever asks looks at that job. A job is claimed for
/// before it is started, so a claim counts for a minute even where its job is not to be found.
/// </remarks>
public sealed class SessionClaims(BlobStore store, TimeProvider time)
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(1);

    /// <summary>Who claimed the session last.</summary>
    public async Task<ReadClaim> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        var (claim, version) = await store.ReadVersionedAsync(JobPaths.SessionOwner(sessionId), LedgerJson.Default.SessionClaim, cancellationToken);
        return new ReadClaim(claim, claim is not null && time.GetUtcNow() - claim.At < StartsWithin, version);
    }

    /// <summary>Claims a session for a job; false when another claimed it since it was read.</summary>
    public Task<bool> TryClaimAsync(string sessionId, string jobId, ReadClaim read, CancellationToken cancellationToken) => store.TryReplaceAsync(
        JobPaths.SessionOwner(sessionId), new SessionClaim(jobId, time.GetUtcNow()), read.Version, LedgerJson.Default.SessionClaim, cancellationToken);
}

/// <summary>A job's claim to edit a session, and when it was made.</summary>
public sealed record SessionClaim(string JobId, DateTimeOffset At);

/// <summary>A claim as it was read.</summary>
/// <param name="Claim">The claim; null when nobody ever claimed the session.</param>
/// <param name="IsFresh">Whether its job may be about to start.</param>
/// <param name="Version">For the claim that replaces it.</param>
public sealed record ReadClaim(SessionClaim? Claim, bool IsFresh, ETag? Version);
