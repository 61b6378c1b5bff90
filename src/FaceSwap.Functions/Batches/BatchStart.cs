using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Batches;

/// <summary>Starts batches, each once for a caller's idempotency key.</summary>
public sealed class BatchStart(IdempotencyKeys keys, BatchIndex index, BatchItems items, BatchDocuments documents, BatchReader batches, TimeProvider time)
{
    /// <summary>The batch that an earlier request with this key started, or died before starting: then it is started now.</summary>
    /// <param name="request">The request; null: it has no key.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Null when no earlier request had this key.</returns>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.IdempotencyKeyReused"/>, or <see cref="ErrorCodes.BatchDeleted"/>.</exception>
    public async Task<StartedBatch?> ReplayAsync(KeyedRequest? request, DurableTaskClient client, CancellationToken cancellationToken) =>
        request is not null && await keys.FindAsync(request.Key, cancellationToken) is { } earlier
            ? await ReplayAsync(request, earlier, client, cancellationToken)
            : null;

    /// <summary>Starts a batch, unless the request's key stands for another one: then that one is meant.</summary>
    /// <remarks>
    /// Its items are kept first: whoever finds the key claimed, or the mark made, can start it. Where the id follows from what the batch is made of,
    /// two starts at once may have it and have found other items: each keeps its own, and those of the claim count.
    /// </remarks>
    /// <param name="request">The request; null: it has no key.</param>
    /// <param name="input">The batch.</param>
    /// <param name="jobs">Its items.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt before the start. With a key the start may be made good by the next request.</param>
    /// <exception cref="FaceSwapException">
    /// <see cref="ErrorCodes.IdempotencyKeyReused"/>, <see cref="ErrorCodes.BatchDeleted"/> or <see cref="ErrorCodes.StartUnknown"/>.
    /// </exception>
    public async Task<StartedBatch> StartAsync(
        KeyedRequest? request, FaceSwapBatchInput input, IReadOnlyList<FaceSwapJobInput> jobs, DurableTaskClient client, CancellationToken cancellationToken)
    {
        input = input with { Batch = input.Batch with { Key = request?.Key, Kept = $"{Guid.CreateVersion7(time.GetUtcNow()):N}" } };
        await items.KeepAsync(input.Batch.ItemsAt, jobs, cancellationToken);
        if (request is not null)
        {
            var mine = JsonSerializer.SerializeToElement(input, BatchInstanceJson.Default.FaceSwapBatchInput);
            var standing = await keys.ClaimAsync(request.Key, new KeyedStart(request.Hash, input.Batch.Id, mine), cancellationToken);
            if (standing.Input is not { } claimed || !JsonElement.DeepEquals(claimed, mine))
            {
                await items.RemoveAsync(input.Batch.ItemsAt, CancellationToken.None);
                return await ReplayAsync(request, standing, client, cancellationToken);
            }
        }

        return await StartAsync(input, isReplay: false, client, cancellationToken);
    }

    private async Task<StartedBatch> ReplayAsync(KeyedRequest request, KeyedStart earlier, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (earlier.Request != request.Hash)
        {
            throw new FaceSwapException(ErrorCodes.IdempotencyKeyReused, $"This key came with another request before, which started {earlier.JobId}.");
        }

        if (await batches.FindAsync(earlier.JobId, client, cancellationToken) is { } reading)
        {
            return new StartedBatch(reading.View, IsReplay: true);
        }

        // Without its items nothing could come of it: their time was over before anybody started it.
        return earlier.Input?.Deserialize(BatchInstanceJson.Default.FaceSwapBatchInput) is { } input && await documents.HasItemsAsync(input.Batch.ItemsAt, cancellationToken)
            ? await StartAsync(input, isReplay: true, client, cancellationToken)
            : throw new FaceSwapException(ErrorCodes.BatchDeleted, $"This key stands for {earlier.JobId}, which was deleted.");
    }

    private async Task<StartedBatch> StartAsync(FaceSwapBatchInput input, bool isReplay, DurableTaskClient client, CancellationToken cancellationToken)
    {
        await index.AddAsync(input.Batch, cancellationToken);
        await client.StartOnceAsync(Orchestrators.FaceSwapBatch, input.Batch.Id, input, cancellationToken);
        return new StartedBatch(BatchView.Of(input.Batch, null), isReplay);
    }
}

/// <summary>A batch that a request started, now or before.</summary>
/// <param name="View">The batch as it is.</param>
/// <param name="IsReplay">An earlier request with the same key started it.</param>
public sealed record StartedBatch(BatchView View, bool IsReplay);
