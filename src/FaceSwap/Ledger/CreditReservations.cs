using System.Globalization;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.NemoVideo;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>Reserves credits between the decision to send a message and the backend's own reservation.</summary>
/// <remarks>
/// Without it, ten jobs that look at a hundred credits together would all start, and nine would fail halfway. Each reservation is
/// a mark of its own, so that jobs do not wait for one another to write. A job makes its mark before it looks at the others':
/// of any two that reserve at once, at least one sees the other.
/// </remarks>
public sealed class CreditReservations(
    BlobStore store, NemoCredits credits, NemoTokens tokens, IOptions<JobOptions> options, IOptions<NemoOptions> nemo, TimeProvider time)
{
    private const string Amount = "amount";
    private const string Until = "until";
    private const int MostLooks = 5;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    // Long after its job could come back to it.
    private static readonly TimeSpan RemovedAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(300);

    /// <summary>Looks whether the account could pay for a message at all, before anything is brought to the backend.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InsufficientCredits"/>.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var balance = await credits.ReadAsync(cancellationToken);

        // What is frozen for other jobs may come back.
        CheckBalance(await tokens.GetAsync(cancellationToken), balance.Available + balance.Frozen);
    }

    /// <summary>Reserves the cost of one message; a job that has reserved already reserves anew.</summary>
    /// <returns>The account's credits, read while they were reserved.</returns>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.InsufficientCredits"/>: the account does not have them.
    /// <see cref="ErrorCodes.CreditsReserved"/>: other jobs have reserved them; ask again in a moment.
    /// </exception>
    public async Task<NemoBalance> ReserveAsync(NemoToken token, string jobId, CancellationToken cancellationToken)
    {
        var cost = options.Value.MessageCost;
        await store.Marks.WriteAsync(Path(token.Account, jobId), MarkOf(cost), cancellationToken);
        try
        {
            for (var look = 1; ; look++)
            {
                var others = (await ListAsync(token.Account, cancellationToken)).Where(other => other.JobId != jobId).ToArray();
                var balance = await credits.ReadAsync(cancellationToken);

                // What is frozen for other messages is spent soon, or comes back.
                CheckBalance(token, balance.Available + balance.Frozen);
                if (balance.Available - others.Sum(other => other.Amount) >= cost)
                {
                    return balance;
                }

                // Jobs that reserve at once see one another, and would all give up: the newest do so first, and the oldest look again.
                var older = others.Where(other => string.CompareOrdinal(other.JobId, jobId) < 0).ToArray();
                if (look + older.Length >= MostLooks || balance.Available - older.Sum(other => other.Amount) < cost)
                {
                    throw new FaceSwapException(ErrorCodes.CreditsReserved, "The account's credits are reserved by other jobs.", options.Value.StepRetryDelay);
                }

                await Task.Delay(LookAgainAfter, time, cancellationToken);
            }
        }
        catch
        {
            await ReleaseAsync(token.Account, jobId);
            throw;
        }
    }

    /// <summary>Gives a reservation back: the message has been sent, or never will be. Should storage be away, it lapses by itself.</summary>
    public Task ReleaseAsync(string account, string jobId) =>
        BestEffort.TryAsync(token => store.DeleteAsync(Path(account, jobId), token), time, CancellationToken.None);

    /// <summary>How many credits jobs have reserved and not yet spent.</summary>
    public async Task<decimal> ReservedAsync(string account, CancellationToken cancellationToken) =>
        (await ListAsync(account, cancellationToken)).Sum(reservation => reservation.Amount);

    private async Task<IReadOnlyList<(string JobId, decimal Amount)>> ListAsync(string account, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.Reservations(account);
        List<(string, decimal)> live = [];
        await foreach (var (path, facts) in store.Marks.ListAsync(prefix, cancellationToken))
        {
            var lapsedSince = time.GetUtcNow() - DateTimeOffset.Parse(facts[Until], CultureInfo.InvariantCulture);
            if (lapsedSince < TimeSpan.Zero)
            {
                live.Add((path[prefix.Length..], decimal.Parse(facts[Amount], CultureInfo.InvariantCulture)));
            }
            else if (lapsedSince > RemovedAfter)
            {
                await store.DeleteAsync(path, cancellationToken);
            }
        }

        return live;
    }

    private Dictionary<string, string> MarkOf(decimal cost) => new()
    {
        [Amount] = cost.ToString(CultureInfo.InvariantCulture),
        [Until] = (time.GetUtcNow() + Lifetime).ToString("O", CultureInfo.InvariantCulture),
    };

    private void CheckBalance(NemoToken token, decimal available)
    {
        if (available < options.Value.MessageCost)
        {
            throw new FaceSwapException(ErrorCodes.InsufficientCredits, $"The account has {available:0.##} credits; an edit takes about {options.Value.MessageCost:0.##}.")
            {
                Remedy = NemoRemedies.TopUp(token, nemo.Value),
            };
        }
    }

    private static string Path(string account, string jobId) => $"{JobPaths.Reservations(account)}{jobId}";
}
