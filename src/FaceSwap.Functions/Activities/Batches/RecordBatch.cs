using FaceSwap.Batches;
using FaceSwap.Functions.Instances;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Batches;

/// <summary>Writes the record of a batch that has ended, and the manifest of its results, which outlive the instance's history.</summary>
public sealed class RecordBatch(BatchDocuments documents, BatchResults results)
{
    [Function(nameof(RecordBatch))]
    public async Task RunAsync([ActivityTrigger] BatchRecord record, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        await documents.KeepResultsAsync(record.Batch.Id, await results.WriteAsync(record.Batch, client, cancellationToken), cancellationToken);
        await documents.RecordAsync(record, cancellationToken);
    }
}
