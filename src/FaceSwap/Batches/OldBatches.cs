using System.Runtime.CompilerServices;
using FaceSwap.Jobs;
using FaceSwap.Storage;

namespace FaceSwap.Batches;

/// <summary>What may be kept of batches beyond its time: whether a batch has ended, and when, its instance or its record tells.</summary>
public sealed class OldBatches(BlobStore store, OldDocuments old)
{
    /// <summary>The ids of batches that were submitted before the horizon and of which something is left, oldest first.</summary>
    public async IAsyncEnumerable<string> BatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var id in store.ListFoldersAsync(JobPaths.AllBatches, cancellationToken).Where(BatchIds.IsValid))
        {
            if (BatchIds.TimeOf(id) >= old.Horizon)
            {
                // The ids sort by their time.
                yield break;
            }

            yield return id;
        }
    }

    /// <summary>Removes what was written of a batch before the horizon: one that is only just being started keeps what it needs, whatever its id says.</summary>
    public async Task RemoveDocumentsAsync(string batchId, CancellationToken cancellationToken)
    {
        await foreach (var path in store.ListOlderAsync(JobPaths.Batch(batchId), old.Horizon, cancellationToken))
        {
            await store.DeleteAsync(path, cancellationToken);
        }
    }

    /// <summary>The batches that were added to the index before the horizon: their ids, and where their marks lie.</summary>
    public IAsyncEnumerable<(string BatchId, string Path)> MarksAsync(CancellationToken cancellationToken) =>
        store.ListOlderAsync(JobPaths.AllBatchMarks, old.Horizon, cancellationToken).Select(path => (path[(path.LastIndexOf('-') + 1)..], path));
}
