using FaceSwap.Functions.Activities;
using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Delivers one message: attempt after attempt on durable timers, so that a slow receiver never holds a job.</summary>
public static class WebhookDelivery
{
    [Function(nameof(WebhookDelivery))]
    public static async Task<WebhookAttempt> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, WebhookDeliveryInput delivery)
    {
        var last = new WebhookAttempt(WebhookAttemptVerdict.Retry, null);
        foreach (var scheduled in delivery.Waits)
        {
            var wait = WithJitter(context, scheduled);
            await WaitAsync(context, last.RetryAfter > wait ? last.RetryAfter.Value : wait);
            last = await AttemptAsync(context, delivery.Message);
            if (last.Verdict != WebhookAttemptVerdict.Retry)
            {
                return last;
            }
        }

        return last with { Verdict = WebhookAttemptVerdict.GivenUp };
    }

    private static async Task<WebhookAttempt> AttemptAsync(TaskOrchestrationContext context, WebhookMessage message)
    {
        try
        {
            return await context.CallActivityAsync<WebhookAttempt>(nameof(AttemptWebhook), message);
        }
        catch (TaskFailedException)
        {
            // Whatever befell the attempt, the message is still owed.
            return new WebhookAttempt(WebhookAttemptVerdict.Retry, null);
        }
    }

    private static Task WaitAsync(TaskOrchestrationContext context, TimeSpan wait) =>
        wait > TimeSpan.Zero ? context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None) : Task.CompletedTask;

    // Up to a tenth more, so that deliveries that failed together do not come back together; the context's id replays.
    private static TimeSpan WithJitter(TaskOrchestrationContext context, TimeSpan wait) =>
        wait * (1 + (context.NewGuid().ToByteArray()[0] / 2550.0));
}
