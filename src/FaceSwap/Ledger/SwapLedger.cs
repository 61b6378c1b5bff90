using System.Globalization;
using System.Runtime.CompilerServices;
using FaceSwap.Errors;
using FaceSwap.Storage;

namespace FaceSwap.Ledger;

/// <summary>The ledger of paid messages: create-once intents, and the marks that tell which jobs used an account when.</summary>
public sealed class SwapLedger(BlobStore store, TimeProvider time)
{
    // The longest deadline of a job, and the time before its intent that its judgement looks back to, twice over.
    private static readonly TimeSpan UsesAreKept = TimeSpan.FromDays(2);

    // Marks begin with 19 digits of ticks: those that share the first nine are of the same 1,000 seconds.
    private const int DigitsOfPart = 9;
    private const long TicksOfPart = 10_000_000_000;

    // Another instance's clock may be ahead.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    public Task<SwapIntent?> FindAsync(string jobId, int attempt, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.Intent(jobId, attempt), LedgerJson.Default.SwapIntent, cancellationToken);

    /// <summary>The newest of the attempts before this one whose message may have run; null when there is none.</summary>
    public async Task<SwapIntent?> FindUnprovenAsync(string jobId, int attempt, CancellationToken cancellationToken)
    {
        for (var earlier = attempt - 1; earlier > 0; earlier--)
        {
            if (await FindAsync(jobId, earlier, cancellationToken) is { VoidedBy: null } intent)
            {
                return intent;
            }
        }

        return null;
    }

    /// <summary>The first of the attempts up to this one whose message may have run; null when there is none.</summary>
    public async Task<SwapIntent?> FindFirstAsync(string jobId, int attempt, CancellationToken cancellationToken)
    {
        for (var earlier = 1; earlier <= attempt; earlier++)
        {
            if (await FindAsync(jobId, earlier, cancellationToken) is { VoidedBy: null } intent)
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
        if (intent.VoidedBy is null)
        {
            var mark = $"{JobPaths.Uses(intent.Account)}{Digits(intent.CreatedAt.UtcTicks)}-{intent.JobId}-{intent.Attempt}";
            await store.WriteAsync(mark, [], cancellationToken);
        }

        if (await store.TryCreateAsync(JobPaths.Intent(intent.JobId, intent.Attempt), intent, LedgerJson.Default.SwapIntent, cancellationToken))
        {
            return true;
        }

        // The storage client repeats a write whose answer was lost, and then finds the intent that it has written itself.
        return intent.Nonce.Length > 0 && await FindAsync(intent.JobId, intent.Attempt, cancellationToken) is { } found && found.Nonce == intent.Nonce;
    }

    /// <summary>Voids an intent: its message is proven not to have run.</summary>
    public Task VoidAsync(SwapIntent intent, JobError why, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.Intent(intent.JobId, intent.Attempt), intent with { VoidedBy = why }, LedgerJson.Default.SwapIntent, cancellationToken);

    /// <summary>Whether another job may have spent this account's credits since a moment.</summary>
    public async Task<bool> UsedByOthersAsync(string account, string jobId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        // The marks of two days may be many; those since the moment are few.
        var now = time.GetUtcNow();
        var first = since > now - UsesAreKept ? since : now - UsesAreKept;
        for (var part = first.UtcTicks / TicksOfPart; part <= (now + ClocksDiffer).UtcTicks / TicksOfPart; part++)
        {
            var prefix = $"{JobPaths.Uses(account)}{Digits(part * TicksOfPart)[..DigitsOfPart]}";
            if (await UsesAsync(prefix, cancellationToken).AnyAsync(use => use.JobId != jobId && use.At >= since, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes the marks that no judgement looks back to any more.</summary>
    public async Task RemoveOldUsesAsync(CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - UsesAreKept;
        await foreach (var use in UsesAsync(JobPaths.AllUses, cancellationToken))
        {
            if (use.At < old)
            {
                await store.DeleteAsync(use.Path, cancellationToken);
            }
        }
    }

    private static string Digits(long ticks) => ticks.ToString("D19", CultureInfo.InvariantCulture);

    private async IAsyncEnumerable<(string Path, DateTimeOffset At, string JobId)> UsesAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListAsync(prefix, cancellationToken))
        {
            if (path[(path.LastIndexOf('/') + 1)..].Split('-', 3) is [var ticks, var jobId, _])
            {
                yield return (path, new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), jobId);
            }
        }
    }
}
