using FaceSwap.Functions.Edge.Durable;

namespace FaceSwap.Functions.Webhooks;

/// <summary>Sends all given-up deliveries of an endpoint since a time again, page by page.</summary>
public static class WebhookRecovery
{
    private static readonly TaskOptions Persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2));

    [Function(Orchestrators.WebhookRecovery)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, WebhookRecoveryInput input)
    {
        var cursor = await context.CallActivityAsync<string?>(nameof(DeliverySteps.RecoverDeliveries), input, Persistent);
        if (cursor is not null)
        {
            context.ContinueAsNew(input with { Cursor = cursor });
        }
    }
}
