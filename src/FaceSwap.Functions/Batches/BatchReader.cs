using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;

namespace FaceSwap.Functions.Batches;

/// <summary>Reads a batch from its instance, the one source of truth; from its record, once the instance's history was purged.</summary>
public sealed class BatchReader(BatchDocuments documents)
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BatchNotFound"/>: there is none, or it is another caller's.</exception>
    public async Task<BatchReading> ReadAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var batch = BatchIds.IsValid(id) ? await FindAsync(id, client, cancellationToken) : null;
        return batch is not null && caller.Sees(batch.Input.Batch.Caller) ? batch : throw new FaceSwapException(ErrorCodes.BatchNotFound, "No batch has this id.");
    }

    /// <summary>A batch as its instance or its record holds it; null when there is none.</summary>
    public async Task<BatchReading?> FindAsync(string id, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        if (instance?.ReadInputAs<FaceSwapBatchInput>() is not { } input)
        {
            return await documents.ReadRecordAsync(id, cancellationToken) is { } record
                ? new BatchReading(new FaceSwapBatchInput(record.Batch, [], TimeSpan.Zero), record.Status)
                : null;
        }

        var status = instance.ReadCustomStatusAs<BatchStatus>();
        return new BatchReading(input, instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Completed => instance.ReadOutputAs<BatchStatus>(),

            // A defect, or an operator's intervention. The jobs that were started go on by themselves.
            OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => Ended(input, status, instance.LastUpdatedAt),
            _ => status,
        });
    }

    private static BatchStatus Ended(FaceSwapBatchInput input, BatchStatus? last, DateTimeOffset at) => new(
        BatchState.Cancelled,
        last?.Counts ?? new BatchCounts(input.Batch.Items),
        at,
        JobError.Of(ErrorCodes.InternalError, "The batch's orchestration ended without an outcome."),
        (last?.Number ?? 0) + 1);
}

/// <summary>A batch as its instance holds it.</summary>
/// <param name="Input">The batch as it was accepted.</param>
/// <param name="Status">Where it is; null while that is not known yet.</param>
public sealed record BatchReading(FaceSwapBatchInput Input, BatchStatus? Status)
{
    public BatchView View => BatchView.Of(Input.Batch, Status);

    public bool HasEnded => Status?.IsFinal == true;
}
