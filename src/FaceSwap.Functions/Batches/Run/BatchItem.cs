using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Jobs;

namespace FaceSwap.Functions.Batches.Run;

/// <summary>An item of a batch: its job is a job like any other, and of it nothing but its end comes into the batch's history.</summary>
public static class BatchItem
{
    [Function(Orchestrators.BatchItem)]
    public static async Task<BatchItemEnd> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, BatchItemInput item)
    {
        try
        {
            var prepared = await context.CallActivityAsync<PreparedItem>(nameof(BatchSteps.PrepareItem), item, Persistence.ForADay);
            if (prepared.Input is not { } input)
            {
                return new BatchItemEnd(null, prepared.Error);
            }

            var outcome = await context.CallSubOrchestratorAsync<JobOutcome>(
                Orchestrators.FaceSwapJob, input, new SubOrchestrationOptions(instanceId: input.Job.Id));
            // A session is gone on with when it is proven that the media are in it.
            var isWhole = item.Shares > 0 && (item.Continues is not null || outcome.Edit is not null);
            return new BatchItemEnd(outcome.Stage, outcome.Error, isWhole ? outcome.Session : null);
        }
        catch (TaskFailedException)
        {
            return new BatchItemEnd(JobStage.Failed, JobError.Of(ErrorCodes.InternalError, "The item's job met a defect."));
        }
    }
}
