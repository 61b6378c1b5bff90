using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Instances;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Batches;

/// <summary>Cancels the jobs of some items, as their caller could one by one.</summary>
public sealed class CancelItems(JobCancel cancel)
{
    [Function(nameof(CancelItems))]
    public async Task RunAsync([ActivityTrigger] CancelItemsInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var jobId in input.JobIds)
        {
            try
            {
                await cancel.RequestAsync(jobId, new Caller(input.Caller, IsOperator: false), client, cancellationToken);
            }
            catch (FaceSwapException e) when (e.Code is ErrorCodes.JobEnded or ErrorCodes.JobNotFound)
            {
                // It has ended by itself; or it is about to start, and is asked again.
            }
        }
    }
}

public sealed record CancelItemsInput(string Caller, IReadOnlyList<string> JobIds);
