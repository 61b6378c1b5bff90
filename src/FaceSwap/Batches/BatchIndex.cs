using System.Globalization;
using FaceSwap.Storage;

namespace FaceSwap.Batches;

/// <summary>Which batches a caller has, newest first: a mark for each.</summary>
public sealed class BatchIndex(BlobStore store)
{
    /// <summary>Adds a batch; before it is started, so that none is ever missing.</summary>
    public Task AddAsync(BatchInput batch, CancellationToken cancellationToken) =>
        store.Marks.WriteAsync(PathOf(batch), new Dictionary<string, string>(), cancellationToken);

    /// <summary>The mark of a batch.</summary>
    public static BatchMark MarkOf(BatchInput batch) => new(batch.Id, batch.Caller, PathOf(batch), batch.Key);

    /// <summary>Removes a mark.</summary>
    /// <param name="path">Where it lies, as <see cref="BatchMark"/> names it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task RemoveAsync(string path, CancellationToken cancellationToken) => store.DeleteAsync(path, cancellationToken);

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

/// <summary>Where a batch is noted: with this it can be removed when nothing else of it is left.</summary>
/// <param name="BatchId">The batch.</param>
/// <param name="Caller">Who submitted it.</param>
/// <param name="Path">Its mark in the index.</param>
/// <param name="Key">The document of the idempotency key under which it was started; null: there was none.</param>
public sealed record BatchMark(string BatchId, string Caller, string Path, string? Key);
