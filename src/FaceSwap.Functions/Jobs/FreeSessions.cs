using FaceSwap.Errors;
using FaceSwap.Ledger;

namespace FaceSwap.Functions.Jobs;

/// <summary>Gives sessions that nobody edits to the jobs that go on in them, one at a time.</summary>
public sealed class FreeSessions(SessionClaims claims, JobReader jobs)
{
    /// <summary>Looks whether nobody edits a session, or this job alone.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="jobId">The job that is to go on in it, where there is one already.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.SessionBusy"/>.</exception>
    public async Task<ReadClaim> CheckAsync(string sessionId, string? jobId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var read = await claims.ReadAsync(sessionId, cancellationToken);
        return read.Claim is { } claim && claim.JobId != jobId && (await jobs.IsRunningAsync(claim.JobId, client, cancellationToken) ?? read.IsFresh)
            ? throw new FaceSwapException(ErrorCodes.SessionBusy, $"The job {claim.JobId} edits this session.")
            : read;
    }

    /// <summary>Claims a session for a job; done again for the same job, it finds that done.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.SessionBusy"/>.</exception>
    public async Task ClaimAsync(string sessionId, string jobId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var read = await CheckAsync(sessionId, jobId, client, cancellationToken);
        if (read.Claim?.JobId != jobId && !await claims.TryClaimAsync(sessionId, jobId, read, cancellationToken))
        {
            throw new FaceSwapException(ErrorCodes.SessionBusy, "Another message to this session came first.");
        }
    }
}
