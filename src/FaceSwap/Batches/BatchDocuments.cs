using System.Text.Json.Serialization;
using FaceSwap.Storage;

namespace FaceSwap.Batches;

/// <summary>A batch's documents in Blob Storage: the record and the manifest of results that are left at its end.</summary>
public sealed class BatchDocuments(BlobStore store)
{
    /// <summary>Writes <c>batch.json</c>; again, if the step that does it runs again.</summary>
    public Task RecordAsync(BatchRecord record, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.BatchRecord(record.Batch.Id), record, BatchJson.Default.BatchRecord, cancellationToken);

    /// <summary>The record of a batch that has ended; null while it has none.</summary>
    public Task<BatchRecord?> ReadRecordAsync(string batchId, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.BatchRecord(batchId), BatchJson.Default.BatchRecord, cancellationToken);

    /// <summary>Keeps some of a batch's items, so that each lot is read without the others.</summary>
    /// <param name="itemsAt">Where they lie; here and below.</param>
    /// <param name="lot">Which items, from 0.</param>
    /// <param name="items">The items as JSON.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task KeepItemsAsync(string itemsAt, int lot, byte[] items, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.BatchItems(itemsAt, lot), items, cancellationToken);

    /// <summary>A lot of items as it was kept; null when it is gone.</summary>
    public Task<byte[]?> ReadItemsAsync(string itemsAt, int lot, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.BatchItems(itemsAt, lot), cancellationToken);

    /// <summary>Whether a batch's items are kept, without which it cannot be started.</summary>
    public Task<bool> HasItemsAsync(string itemsAt, CancellationToken cancellationToken) =>
        store.ExistsAsync(JobPaths.BatchItems(itemsAt, 0), cancellationToken);

    /// <summary>Keeps the manifest of results: a line of JSON for each item.</summary>
    public Task KeepResultsAsync(string batchId, byte[] lines, CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.BatchResults(batchId), lines, cancellationToken);

    /// <summary>The manifest of results; null while the batch runs.</summary>
    public Task<byte[]?> ReadResultsAsync(string batchId, CancellationToken cancellationToken) =>
        store.ReadAsync(JobPaths.BatchResults(batchId), cancellationToken);

    /// <summary>Removes all that is kept of a batch itself; its jobs are removed as jobs.</summary>
    public Task RemoveAsync(string batchId, CancellationToken cancellationToken) => store.DeleteUnderAsync(JobPaths.Batch(batchId), cancellationToken);
}

/// <summary>The content of <c>batch.json</c>: it outlives the instance's history.</summary>
/// <param name="Batch">The batch as it was accepted.</param>
/// <param name="Status">How it ended.</param>
public sealed record BatchRecord(BatchInput Batch, BatchStatus Status);

/// <summary>The JSON of the API, of webhooks and of a batch's documents: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(BatchRecord))]
public sealed partial class BatchJson : JsonSerializerContext;
