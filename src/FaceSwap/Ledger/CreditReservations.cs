using Azure;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>Reserves credits between the decision to send a message and the backend's own reservation.</summary>
/// <remarks>Without it, ten jobs that look at a hundred credits together would all start, and nine would fail halfway.</remarks>
public sealed class CreditReservations(
    BlobStore store, NemoCredits credits, NemoTokens tokens, IOptions<JobOptions> options, IOptions<NemoOptions> nemo, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Looks whether the account could pay for a message at all, before anything is brought to the backend.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InsufficientCredits"/>.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var balance = await credits.ReadAsync(cancellationToken);

        // What is frozen for other jobs may come back.
        Check(await tokens.GetAsync(cancellationToken), balance.Available + balance.Frozen, reserved: 0, options.Value.MessageCost);
    }

    /// <summary>Reserves the cost of one message; a job that has reserved already keeps its reservation.</summary>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.InsufficientCredits"/>: the account does not have them.
    /// <see cref="ErrorCodes.CreditsReserved"/>: other jobs have reserved them; ask again in a moment.
    /// </exception>
    public async Task ReserveAsync(NemoToken token, string jobId, CancellationToken cancellationToken)
    {
        var cost = options.Value.MessageCost;
        while (true)
        {
            var (document, version) = await ReadAsync(token.Account, cancellationToken);
            var now = time.GetUtcNow();
            var others = document.Where(reservation => reservation.JobId != jobId && reservation.Until > now).ToArray();
            var balance = await credits.ReadAsync(cancellationToken);
            Check(token, balance.Available, others.Sum(reservation => reservation.Amount), cost);

            CreditReservation[] all = [.. others, new CreditReservation(jobId, cost, now + Lifetime)];
            if (await WriteAsync(token.Account, all, version, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>Gives a reservation back: the message has been sent, or never will be.</summary>
    public async Task ReleaseAsync(string account, string jobId, CancellationToken cancellationToken)
    {
        try
        {
            while (!await TryReleaseAsync(account, jobId, cancellationToken))
            {
                // Another job changed the document in between: read it again.
            }
        }
        catch (Exception e) when (BlobStore.IsAway(e, cancellationToken))
        {
            // It lapses by itself; the stream of the message that is paid for must not be left because of it.
        }
    }

    /// <summary>How many credits jobs have reserved and not yet spent.</summary>
    public async Task<decimal> ReservedAsync(string account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (document, _) = await ReadAsync(account, cancellationToken);
        return document.Where(reservation => reservation.Until > now).Sum(reservation => reservation.Amount);
    }

    private async Task<bool> TryReleaseAsync(string account, string jobId, CancellationToken cancellationToken)
    {
        var (document, version) = await ReadAsync(account, cancellationToken);
        CreditReservation[] others = [.. document.Where(reservation => reservation.JobId != jobId)];
        return others.Length == document.Length || await WriteAsync(account, others, version, cancellationToken);
    }

    private void Check(NemoToken token, decimal available, decimal reserved, decimal cost)
    {
        if (available < cost)
        {
            throw new FaceSwapException(ErrorCodes.InsufficientCredits, $"The account has {available:0.##} credits; an edit takes about {cost:0.##}.")
            {
                Remedy = NemoRemedies.TopUp(token, nemo.Value),
            };
        }

        if (available - reserved < cost)
        {
            throw new FaceSwapException(ErrorCodes.CreditsReserved, "The account's credits are reserved by other jobs.", options.Value.StepRetryDelay);
        }
    }

    private async Task<(CreditReservation[] Reservations, ETag? Version)> ReadAsync(string account, CancellationToken cancellationToken)
    {
        var read = await store.ReadVersionedAsync(JobPaths.Reservations(account), LedgerJson.Default.CreditReservationArray, cancellationToken);
        return (read.Document ?? [], read.Version);
    }

    private Task<bool> WriteAsync(string account, CreditReservation[] all, ETag? version, CancellationToken cancellationToken) =>
        store.TryReplaceAsync(JobPaths.Reservations(account), all, version, LedgerJson.Default.CreditReservationArray, cancellationToken);
}
