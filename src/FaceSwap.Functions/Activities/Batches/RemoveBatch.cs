using FaceSwap.Batches;
using FaceSwap.Functions.Instances;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Batches;

/// <summary>Takes the deletion of a batch one step further.</summary>
public sealed class RemoveBatch(BatchRemoval removal)
{
    [Function(nameof(RemoveBatch))]
    public Task<BatchRemovalState> RunAsync([ActivityTrigger] BatchMark batch, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        removal.GoOnAsync(batch, client, cancellationToken);
}
