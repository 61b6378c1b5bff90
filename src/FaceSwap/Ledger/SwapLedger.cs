using System.Globalization;
using FaceSwap.Errors;
using FaceSwap.Storage;

namespace FaceSwap.Ledger;

/// <summary>The ledger of paid messages: create-once intents, and the marks that tell which jobs used an account when.</summary>
public sealed class SwapLedger(BlobStore store)
{
    public Task<SwapIntent?> FindAsync(string jobId, int attempt, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.Intent(jobId, attempt), LedgerJson.Default.SwapIntent, cancellationToken);

    /// <summary>The newest of the attempts before this one whose message may have run; null when there is none.</summary>
    public async Task<SwapIntent?> FindUnprovenAsync(string jobId, int attempt, CancellationToken cancellationToken)
    {
        for (var earlier = attempt - 1; earlier > 0; earlier--)
        {
            if (await FindAsync(jobId, earlier, cancellationToken) is { Refusal: null } intent)
            {
                return intent;
            }
        }

        return null;
    }

    /// <summary>Claims the right to send a message. Exactly one caller per job and attempt ever gets true.</summary>
    public async Task<bool> TryClaimAsync(SwapIntent intent, CancellationToken cancellationToken)
    {
        // The mark comes first: a message that may have been sent is never without one.
        if (intent.Refusal is null)
        {
            var mark = $"{JobPaths.Uses(intent.Account)}{intent.CreatedAt.UtcTicks:D19}-{intent.JobId}-{intent.Attempt}";
            await store.WriteAsync(mark, [], cancellationToken);
        }

        if (await store.TryCreateAsync(JobPaths.Intent(intent.JobId, intent.Attempt), intent, LedgerJson.Default.SwapIntent, cancellationToken))
        {
            return true;
        }

        // The storage client repeats a write whose answer was lost, and then finds the intent that it has written itself.
        return intent.Nonce.Length > 0 && await FindAsync(intent.JobId, intent.Attempt, cancellationToken) is { } found && found.Nonce == intent.Nonce;
    }

    /// <summary>Records the proof that the message did not run.</summary>
    public Task RecordRefusalAsync(SwapIntent intent, JobError refusal, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.Intent(intent.JobId, intent.Attempt), intent with { Refusal = refusal }, LedgerJson.Default.SwapIntent, cancellationToken);

    /// <summary>Whether another job may have spent this account's credits since a moment.</summary>
    public async Task<bool> UsedByOthersAsync(string account, string jobId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.Uses(account);
        await foreach (var name in store.ListAsync(prefix, cancellationToken))
        {
            var parts = name[prefix.Length..].Split('-', 3);
            if (parts is [var ticks, var user, _] && user != jobId
                && long.Parse(ticks, CultureInfo.InvariantCulture) >= since.UtcTicks)
            {
                return true;
            }
        }

        return false;
    }
}
