using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>What an edit took of the account. The backend names no price: the balance tells it, where nothing else moved the balance.</summary>
public sealed class SpentCredits(SwapLedger ledger, NemoCredits credits, NemoTokens tokens, IOptions<JobOptions> options, TimeProvider time)
{
    /// <summary>How many credits the messages of a job took, once its edit is there.</summary>
    /// <param name="jobId">The job that paid.</param>
    /// <param name="attempt">Its last message.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>
    /// Null where it cannot be told: the account is another one, work was or is in progress on it, another job of the app used it
    /// meanwhile or shortly before, it has more than before, or it does not answer within five seconds. What somebody does with the
    /// account outside the app, such as a small top-up, cannot be seen.
    /// </returns>
    public async Task<decimal?> OfAsync(string jobId, int attempt, CancellationToken cancellationToken)
    {
        decimal? spent = null;
        await BestEffort.TryAsync(async within => spent = await ReadAsync(jobId, attempt, within), time, cancellationToken);
        return spent;
    }

    private async Task<decimal?> ReadAsync(string jobId, int attempt, CancellationToken cancellationToken)
    {
        if (await ledger.FindFirstAsync(jobId, attempt, cancellationToken) is not { Frozen: 0 } intent
            || (await tokens.GetAsync(cancellationToken)).Account != intent.Account
            || await credits.ReadAsync(cancellationToken) is not { Frozen: 0 } balance)
        {
            return null;
        }

        // With nothing frozen at the intent no message ran then; one that was intended shortly before could still leave.
        var spent = intent.Available - balance.Available;
        var since = intent.CreatedAt - options.Value.SendWindow;
        return spent < 0 || await ledger.UsedByOthersAsync(intent.Account, jobId, since, cancellationToken) ? null : spent;
    }
}
