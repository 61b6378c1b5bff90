using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Storage;

namespace FaceSwap.Webhooks.Deliveries;

/// <summary>The deliveries, a document each in Blob Storage.</summary>
public sealed class DeliveryLog(BlobStore store)
{
    private const int ParallelWrites = 8;

    /// <summary>Opens the deliveries of a message, each once: a second call leaves those that exist as they are.</summary>
    /// <returns>All of them, whoever opened them.</returns>
    public async Task<IReadOnlyList<DeliveryKey>> OpenAsync(
        IEnumerable<WebhookTarget> targets, WebhookMessage message, CancellationToken cancellationToken)
    {
        var deliveries = targets.Select(target => (Key: DeliveryKey.Of(target, message), Target: target)).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelWrites, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(deliveries, parallel, async (delivery, cancellation) =>
        {
            // The job, or the batch, comes first to know of its delivery: what is deleted with it must be found.
            var path = PathOf(delivery.Key);
            if (MarksOf(message) is { } marks)
            {
                await store.Marks.WriteAsync($"{marks}{path}", new Dictionary<string, string>(), cancellation);
            }

            await store.TryCreateAsync(path, DeliveryRecord.Open(delivery.Key, delivery.Target, message), DeliveryJson.Stored.DeliveryRecord, cancellation);
        });
        return [.. deliveries.Select(delivery => delivery.Key)];
    }

    public async Task<DeliveryRecord?> FindAsync(DeliveryKey key, CancellationToken cancellationToken) =>
        DeliveryKey.IsValid(key.Id) ? await store.ReadAsync(PathOf(key), DeliveryJson.Stored.DeliveryRecord, cancellationToken) : null;

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.DeliveryNotFound"/>.</exception>
    public async Task<DeliveryRecord> GetAsync(DeliveryKey key, CancellationToken cancellationToken) =>
        await FindAsync(key, cancellationToken)
        ?? throw new FaceSwapException(ErrorCodes.DeliveryNotFound, "The webhook endpoint has no delivery of this id.");

    /// <summary>Writes an attempt down, once, however often it is reported. A delivery that is gone stays gone.</summary>
    public Task RecordAsync(
        DeliveryKey key, LoggedAttempt attempt, DeliveryStatus status, DateTimeOffset? next, CancellationToken cancellationToken) =>
        store.UpdateAsync(PathOf(key), DeliveryJson.Stored.DeliveryRecord, record => record?.With(attempt, status, next), cancellationToken);

    /// <summary>One page of an endpoint's deliveries.</summary>
    /// <param name="owner">The endpoint's owner.</param>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="cursor">Where the page before ended, or null for the newest.</param>
    /// <param name="size">How many at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<DeliveryPage> PageAsync(string owner, string endpointId, string? cursor, int size, CancellationToken cancellationToken)
    {
        var names = await store.ListPageAsync(JobPaths.Deliveries(owner, endpointId), cursor, size, cancellationToken);
        var records = await Task.WhenAll(names.Names.Select(name => store.ReadAsync(name, DeliveryJson.Stored.DeliveryRecord, cancellationToken)));
        return new DeliveryPage([.. records.OfType<DeliveryRecord>()], names.Cursor);
    }

    /// <summary>Removes the deliveries that tell of a job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="end">Ends what still makes attempts of a delivery, given the id of its instance.</param>
    /// <param name="cancellationToken">Ends the removal; done again, it goes on.</param>
    public Task RemoveOfJobAsync(string jobId, Func<string, Task> end, CancellationToken cancellationToken) =>
        RemoveAsync(JobPaths.DeliveriesOf(jobId), end, cancellationToken);

    /// <summary>Removes the deliveries that tell of a batch; those that tell of its jobs are removed with them.</summary>
    /// <param name="batchId">The batch.</param>
    /// <param name="end">Ends what still makes attempts of a delivery, given the id of its instance.</param>
    /// <param name="cancellationToken">Ends the removal; done again, it goes on.</param>
    public Task RemoveOfBatchAsync(string batchId, Func<string, Task> end, CancellationToken cancellationToken) =>
        RemoveAsync(JobPaths.DeliveriesOfBatch(batchId), end, cancellationToken);

    private async Task RemoveAsync(string marks, Func<string, Task> end, CancellationToken cancellationToken)
    {
        await foreach (var mark in store.ListAsync(marks, cancellationToken))
        {
            var path = mark[marks.Length..];
            if (await store.ReadAsync(path, DeliveryJson.Stored.DeliveryRecord, cancellationToken) is not { } delivery)
            {
                continue;
            }

            for (var run = 1; run <= delivery.Run; run++)
            {
                await end(DeliveryKey.InstanceIdOf(delivery.Id, run));
            }

            await store.DeleteAsync(path, cancellationToken);
        }
    }

    private static string? MarksOf(WebhookMessage message) => message switch
    {
        { JobId: { } job } => JobPaths.DeliveriesOf(job),
        { BatchId: { } batch } => JobPaths.DeliveriesOfBatch(batch),
        _ => null,
    };

    private static string PathOf(DeliveryKey key) => JobPaths.Delivery(key.Owner, key.EndpointId, key.Id);
}

/// <summary>One page of the log, newest message first.</summary>
/// <param name="Deliveries">The deliveries.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record DeliveryPage(IReadOnlyList<DeliveryRecord> Deliveries, string? Cursor);

[JsonSerializable(typeof(DeliveryRecord))]
internal sealed partial class DeliveryJson : JsonSerializerContext
{
    public static DeliveryJson Stored { get; } = new(WebhookJson.NewOptions());
}
