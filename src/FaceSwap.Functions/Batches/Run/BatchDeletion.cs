using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Durable;

namespace FaceSwap.Functions.Batches.Run;

/// <summary>Deletes a batch with its jobs as soon as it has ended, and has one that runs end.</summary>
public static class BatchDeletion
{
    // Keeps the history short; then the instance goes on with a new one.
    private const int StepsPerHistory = 50;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    [Function(Orchestrators.BatchDeletion)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, BatchMark batch)
    {
        var wait = FirstWait;
        for (var step = 0; step < StepsPerHistory; step++)
        {
            switch (await context.CallActivityAsync<BatchRemovalState>(nameof(BatchSteps.RemoveBatch), batch, Persistence.ForADay))
            {
                case BatchRemovalState.Removed:
                    return;
                case BatchRemovalState.Removing:
                    wait = FirstWait;
                    break;
                default:
                    await context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None);
                    wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
                    break;
            }
        }

        context.ContinueAsNew(batch);
    }
}
