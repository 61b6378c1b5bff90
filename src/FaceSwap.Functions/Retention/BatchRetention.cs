using FaceSwap.Batches;
using FaceSwap.Functions.Batches;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Retention;

/// <summary>Which batches have been kept long enough. One that has not ended is kept, however old it is.</summary>
public sealed class BatchRetention(OldBatches batches, OldDocuments old, BatchReader reader, BatchRemoval removal, BatchIndex index)
{
    /// <summary>The batches that may have been kept long enough, by what is left of them: documents, or a mark alone.</summary>
    public IAsyncEnumerable<OldBatch> DueAsync(CancellationToken cancellationToken) => batches.BatchesAsync(cancellationToken)
        .Select(id => new OldBatch(id, null))
        .Concat(batches.MarksAsync(cancellationToken).Select(mark => new OldBatch(mark.BatchId, mark.Path)));

    /// <summary>Removes a batch if it ended before the horizon, or never began.</summary>
    /// <returns>Whether it is gone.</returns>
    public async Task<bool> TryRemoveAsync(OldBatch batch, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(batch.BatchId, client, cancellationToken) is not { } reading)
        {
            // What came with a submission that never became a batch, or what a removal that died has left.
            if (batch.Path is not null)
            {
                await index.RemoveAsync(batch.Path, cancellationToken);
            }

            await batches.RemoveDocumentsAsync(batch.BatchId, cancellationToken);
            return true;
        }

        return reading.HasEnded
            && reading.Status!.At < old.Horizon
            && await removal.TryRemoveAsync(BatchIndex.MarkOf(reading.Input.Batch), withKey: true, client, cancellationToken);
    }

    /// <summary>Whether this is the id of a batch that is kept.</summary>
    public async Task<bool> IsKeptAsync(string id, DurableTaskClient client, CancellationToken cancellationToken) =>
        BatchIds.IsValid(id) && await reader.FindAsync(id, client, cancellationToken) is not null;
}

/// <summary>A batch of which something is left.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Path">Its mark in the index; null where it was found by its documents.</param>
public sealed record OldBatch(string BatchId, string? Path);
