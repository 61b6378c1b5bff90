using System.Globalization;
using FaceSwap.Storage;

namespace FaceSwap.Batches;

/// <summary>Which batches a caller has, newest first: a mark for each.</summary>
public sealed class BatchIndex(BlobStore store)
{
    /// <summary>Adds a batch; before it is started, so that none is ever missing.</summary>
    public Task AddAsync(BatchInput batch, CancellationToken cancellationToken) =>
        store.MarkAsync(PathOf(batch), new Dictionary<string, string>(), cancellationToken);

    public Task RemoveAsync(BatchInput batch, CancellationToken cancellationToken) => store.DeleteAsync(PathOf(batch), cancellationToken);

    /// <summary>One page of the ids of a caller's batches. New batches never move it: they come before the first page.</summary>
    /// <param name="caller">Whose batches.</param>
    /// <param name="cursor">Where the page before ended, or null for the newest.</param>
    /// <param name="size">How many at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<NamePage> PageAsync(string caller, string? cursor, int size, CancellationToken cancellationToken)
    {
        var page = await store.ListPageAsync(JobPaths.Batches(caller), cursor, size, cancellationToken);
        return page with { Names = [.. page.Names.Select(name => name[(name.LastIndexOf('-') + 1)..])] };
    }

    private static string PathOf(BatchInput batch) =>
        string.Create(CultureInfo.InvariantCulture, $"{JobPaths.Batches(batch.Caller)}{long.MaxValue - batch.SubmittedAt.UtcTicks:x16}-{batch.Id}");
}
