using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Durable;
using Microsoft.Extensions.Logging;

namespace FaceSwap.Functions.Batches;

/// <summary>Lets any number of callers watch batches.</summary>
public sealed class BatchWatches(BatchReader batches, TimeProvider time, ILogger<BatchWatches> logger)
{
    private readonly Watches<BatchView> _watches = new((id, client, token) => LookAsync(batches, id, client, token), time, logger);

    /// <summary>The number of a batch's snapshot: how many times the batch had changed.</summary>
    public static long NumberOf(BatchReading reading) => reading.Status?.Number ?? 0;

    /// <summary>A batch as it is now, and each time that it has changed, until it ends or is deleted.</summary>
    public IAsyncEnumerable<Snapshot<BatchView>> WatchAsync(string batchId, DurableTaskClient client, CancellationToken cancellationToken) =>
        _watches.WatchAsync(batchId, client, cancellationToken);

    private static async Task<Snapshot<BatchView>?> LookAsync(BatchReader batches, string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, client, cancellationToken) is not { } reading)
        {
            return null;
        }

        var view = reading.View;
        return new Snapshot<BatchView>(view, JsonSerializer.SerializeToUtf8Bytes(view, BatchJson.Default.BatchView), NumberOf(reading), reading.HasEnded);
    }
}
