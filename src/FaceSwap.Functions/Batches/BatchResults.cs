using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Batches;
using FaceSwap.Functions.Jobs;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Batches;

/// <summary>Tells what became of each item of a batch.</summary>
public sealed class BatchResults(BatchItems items, JobIndex index, JobReader jobs)
{
    private const int ParallelReads = 8;

    /// <summary>Some items in a row, each as it is now.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="client">The instances.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<IReadOnlyList<BatchItemView>> ReadAsync(BatchInput batch, int first, int count, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var started = (await index.ItemsAsync(batch.Id, cancellationToken)).ToLookup(job => job.Item);
        var kept = await items.ReadAsync(batch.ItemsAt, first, Math.Min(first + count - 1, batch.Items), cancellationToken);
        var views = new BatchItemView[kept.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelReads, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(kept.Index(), parallel, async (item, cancellation) =>
        {
            var (number, input) = item.Item;
            views[item.Index] = await ViewAsync(batch, number, input.Job, started[number].FirstOrDefault(), client, cancellation);
        });
        return views;
    }

    /// <summary>All items as JSON lines.</summary>
    public async Task<byte[]> WriteAsync(BatchInput batch, DurableTaskClient client, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var item in await ReadAsync(batch, 1, batch.Items, client, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(lines, item, BatchItemJson.Default.BatchItemView, cancellationToken);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    // Only of a job that has no end in the index is the instance read.
    private async Task<BatchItemView> ViewAsync(
        BatchInput batch, int number, JobInput job, IndexedJob? started, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (started is null)
        {
            return new BatchItemView(number, null, JobStage.Queued, null, null, null, job.Metadata, null);
        }

        var (stage, error, endedAt) = (started.End ?? JobStage.Queued, started.Error, started.EndedAt);
        if (started.End is null && await jobs.FindAsync(started.Id, client, cancellationToken) is { } reading)
        {
            stage = reading.Outcome?.Stage ?? reading.Status?.Stage ?? JobStage.Queued;
            error = reading.Outcome?.Error?.Code;
            endedAt = reading.Outcome is null ? null : reading.Status?.Timeline[^1].At;
        }

        return new BatchItemView(
            number, started.Id, stage, started.SubmittedAt, endedAt, error, job.Metadata, JobLinks.Of(batch.ApiBase, started.Id, stage == JobStage.Completed));
    }
}

/// <summary>An item of a batch.</summary>
/// <param name="Item">Which one, from 1.</param>
/// <param name="JobId">The job that it is; absent until its turn has come, and once its job was deleted.</param>
/// <param name="Status">The stage that the job is in, or how it ended.</param>
/// <param name="StartedAt">When its turn came.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Error">The code of its failure; the job itself has the detail and the remedy.</param>
/// <param name="Metadata">The caller's own words.</param>
/// <param name="Links">Where to go from here.</param>
public sealed record BatchItemView(
    int Item,
    string? JobId,
    JobStage Status,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Error,
    IReadOnlyDictionary<string, string>? Metadata,
    JobLinks? Links);

/// <summary>The JSON of a batch's items.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BatchItemView))]
internal sealed partial class BatchItemJson : JsonSerializerContext;
