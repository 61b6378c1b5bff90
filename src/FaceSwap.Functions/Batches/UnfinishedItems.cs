using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Batches;

/// <summary>Tells of a batch that has ended which of its items have no result, and what it would mean to try them again.</summary>
public sealed class UnfinishedItems(BatchResults results, JobReader jobs)
{
    private const int ParallelReads = 8;

    /// <summary>The items without a result, in their order. Those whose jobs were deleted are not among them: nobody can tell what they cost.</summary>
    public async Task<IReadOnlyList<UnfinishedItem>> FindAsync(BatchReading batch, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (input, counts) = (batch.Input.Batch, batch.Status!.Counts);
        var items = await results.ReadAsync(input, 1, input.Items, client, cancellationToken);
        var kinds = new UnfinishedKind?[items.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(items.Index(), parallel, async (item, cancellation) => kinds[item.Index] = await KindOfAsync(item.Item, client, cancellation));

        // A job that was deleted leaves as little as one that was never started: where more are missing than were not started,
        // they cannot be told apart.
        // Those that found no credits have a job, and are not counted as ended.
        var missing = items.Count(item => item.JobId is null);
        var unpaid = items.Count(item => item.Error == ErrorCodes.InsufficientCredits);
        if (missing <= input.Items - counts.Ended - counts.Running - unpaid)
        {
            foreach (var (index, _) in items.Index().Where(item => item.Item.JobId is null))
            {
                kinds[index] = UnfinishedKind.NotStarted;
            }
        }

        return [.. items.Zip(kinds).Where(item => item.Second is not null).Select(item => new UnfinishedItem(item.First.Item, item.Second!.Value))];
    }

    private async Task<UnfinishedKind?> KindOfAsync(BatchItemView item, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (item.JobId is null || item.Status == JobStage.Completed || !item.Status.IsFinal())
        {
            return null;
        }

        // However it ended: a job that was cancelled may have been charged too.
        if (item.Error == ErrorCodes.AmbiguousOutcome)
        {
            return UnfinishedKind.Ambiguous;
        }

        return await jobs.FindAsync(item.JobId, client, cancellationToken) switch
        {
            null => null,
            { IsPaid: true } => UnfinishedKind.Paid,
            _ => item.Status == JobStage.Cancelled ? UnfinishedKind.Cancelled : UnfinishedKind.Failed,
        };
    }
}

/// <summary>An item without a result.</summary>
/// <param name="Number">Which item, from 1.</param>
/// <param name="Kind">Why it has none.</param>
public sealed record UnfinishedItem(int Number, UnfinishedKind Kind);

/// <summary>Why an item has no result.</summary>
public enum UnfinishedKind
{
    /// <summary>Its job failed, or ran out of time, and was not charged for.</summary>
    Failed,

    /// <summary>Nobody can tell whether its edit was made, and charged.</summary>
    Ambiguous,

    /// <summary>Its edit was made and charged, and is kept in its session: to have it rendered costs nothing, to try it again costs as much again.</summary>
    Paid,

    /// <summary>Its job was cancelled, and was not charged for.</summary>
    Cancelled,

    /// <summary>The batch ended before its turn came.</summary>
    NotStarted,
}
