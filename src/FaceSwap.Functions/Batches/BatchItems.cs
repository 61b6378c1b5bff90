using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Jobs;

namespace FaceSwap.Functions.Batches;

/// <summary>The items of batches as they were accepted: beside the histories, in lots, so that one is read without all the others.</summary>
public sealed class BatchItems(BatchDocuments documents)
{
    private const int Lot = 20;
    private const int ParallelWrites = 4;

    /// <summary>Keeps the items of a batch that is about to start.</summary>
    /// <param name="itemsAt">Where they are to lie: as a batch tells, or under the id of a schedule.</param>
    /// <param name="items">Its jobs, in order; what depends on their turn is filled in when it comes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task KeepAsync(string itemsAt, IReadOnlyList<FaceSwapJobInput> items, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelWrites, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(items.Chunk(Lot).Index(), parallel, async (lot, cancellation) =>
            await documents.KeepItemsAsync(itemsAt, lot.Index, JsonSerializer.SerializeToUtf8Bytes(lot.Item, BatchInstanceJson.Default.FaceSwapJobInputArray), cancellation));
    }

    /// <summary>Removes the items that batches are made of.</summary>
    public Task RemoveAsync(string itemsAt, CancellationToken cancellationToken) => documents.RemoveAsync(itemsAt, cancellationToken);

    /// <summary>An item as it was accepted.</summary>
    public async Task<FaceSwapJobInput> ReadAsync(string itemsAt, int number, CancellationToken cancellationToken) =>
        (await LotAsync(itemsAt, (number - 1) / Lot, cancellationToken))[(number - 1) % Lot];

    /// <summary>Items in a row, with their numbers.</summary>
    /// <param name="itemsAt">Where they lie.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="last">The number of the last.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IReadOnlyList<(int Number, FaceSwapJobInput Item)>> ReadAsync(string itemsAt, int first, int last, CancellationToken cancellationToken)
    {
        var items = new List<(int Number, FaceSwapJobInput Item)>();
        for (var lot = (first - 1) / Lot; lot <= (last - 1) / Lot; lot++)
        {
            var kept = await LotAsync(itemsAt, lot, cancellationToken);
            items.AddRange(kept.Select((item, index) => ((lot * Lot) + index + 1, item)));
        }

        return [.. items.Where(item => item.Number >= first && item.Number <= last)];
    }

    private async Task<FaceSwapJobInput[]> LotAsync(string itemsAt, int lot, CancellationToken cancellationToken) =>
        await documents.ReadItemsAsync(itemsAt, lot, cancellationToken) is { } kept
            ? JsonSerializer.Deserialize(kept, BatchInstanceJson.Default.FaceSwapJobInputArray)!
            : throw new FaceSwapException(ErrorCodes.InternalError, "The items of the batch are not in the container.");
}
