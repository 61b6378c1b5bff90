using FaceSwap.Batches;
using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Batches.Run;

/// <summary>The life of a batch: its items window by window, each window in a history of its own, then its record and its webhook.</summary>
public static class FaceSwapBatch
{
    // How many items one history tells of, however many there are.
    private const int Window = 40;

    // The end of a batch must not be lost to a longer outage: for about eight hours.
    private static readonly TaskOptions Persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 100, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(5)));

    [Function(Orchestrators.FaceSwapBatch)]
    public static async Task<BatchStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, FaceSwapBatchInput input)
    {
        var run = new BatchRun(context, input);
        await run.RunWindowAsync(Window);
        if (!run.IsOver)
        {
            context.ContinueAsNew(input with { Progress = run.Progress });
            return run.Status;
        }

        var status = run.End();
        await TryAsync(context, nameof(BatchSteps.RecordBatch), new BatchRecord(input.Batch, status));
        if (input.Webhooks.Any(target => target.Hears(WebhookEventTypes.BatchCompleted)))
        {
            await TryAsync(context, nameof(BatchSteps.TellBatch), new TellBatchInput(input.Batch, input.Webhooks, WebhookEventTypes.BatchCompleted, status));
        }

        return status;
    }

    private static async Task TryAsync(TaskOrchestrationContext context, string activity, object input)
    {
        try
        {
            await context.CallActivityAsync(activity, input, Persistent);
        }
        catch (TaskFailedException)
        {
            // How it ended stands in the instance's output all the same.
        }
    }
}
