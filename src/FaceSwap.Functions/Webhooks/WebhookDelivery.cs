using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Webhooks;

/// <summary>Delivers one message: attempt after attempt on durable timers, so that a slow receiver never holds a job.</summary>
public static class WebhookDelivery
{
    // A log that is away for a moment must not cost the next attempt.
    private static readonly TaskOptions Persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 6, firstRetryInterval: TimeSpan.FromSeconds(1), backoffCoefficient: 3));

    // Timers of Azure's engine count in whole seconds, rounded down; a receiver that named a time must not be called before it.
    private static readonly TimeSpan TimersAreEarlyBy = TimeSpan.FromSeconds(1);

    [Function(Orchestrators.WebhookDelivery)]
    public static async Task<WebhookAttemptVerdict> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, WebhookDeliveryInput delivery)
    {
        var wait = WithJitter(context, delivery.Waits[0]);
        for (var number = 1; ; number++)
        {
            await WaitAsync(context, wait);
            var attempt = await AttemptAsync(context, delivery);
            if (attempt.Verdict == WebhookAttemptVerdict.Retry && number == delivery.Waits.Count)
            {
                attempt = attempt with { Verdict = WebhookAttemptVerdict.GivenUp };
            }

            if (attempt.Verdict == WebhookAttemptVerdict.Retry)
            {
                wait = WithJitter(context, delivery.Waits[number]);
                wait = attempt.RetryAfter > wait ? attempt.RetryAfter.Value + TimersAreEarlyBy : wait;
                await RecordAsync(context, delivery, number, attempt, DeliveryStatus.Pending, context.CurrentUtcDateTime + wait);
                continue;
            }

            if (attempt.Verdict != WebhookAttemptVerdict.Superseded)
            {
                var status = attempt.Verdict == WebhookAttemptVerdict.Delivered ? DeliveryStatus.Delivered : DeliveryStatus.Failed;
                await RecordAsync(context, delivery, number, attempt, status, null);
            }

            return attempt.Verdict;
        }
    }

    private static async Task<WebhookAttempt> AttemptAsync(TaskOrchestrationContext context, WebhookDeliveryInput delivery)
    {
        try
        {
            return await context.CallActivityAsync<WebhookAttempt>(nameof(DeliverySteps.AttemptWebhook), new AttemptWebhookInput(delivery.Delivery, delivery.Run));
        }
        catch (TaskFailedException)
        {
            // Whatever befell the attempt, the message is still owed.
            return new WebhookAttempt(WebhookAttemptVerdict.Retry, context.CurrentUtcDateTime, Problem: AttemptProblem.Internal);
        }
    }

    private static async Task RecordAsync(
        TaskOrchestrationContext context, WebhookDeliveryInput delivery, int number, WebhookAttempt attempt, DeliveryStatus status, DateTimeOffset? next)
    {
        var logged = new LoggedAttempt(
            delivery.Run, number, attempt.At, (long)attempt.Latency.TotalMilliseconds, attempt.Status, attempt.Problem, attempt.Answer);
        try
        {
            await context.CallActivityAsync(nameof(DeliverySteps.RecordAttempt), new RecordAttemptInput(delivery.Delivery, logged, status, next), Persistent);
        }
        catch (TaskFailedException)
        {
            // The log serves people; the message goes on without it.
        }
    }

    private static Task WaitAsync(TaskOrchestrationContext context, TimeSpan wait) =>
        wait > TimeSpan.Zero ? context.CreateTimer(context.CurrentUtcDateTime + wait, CancellationToken.None) : Task.CompletedTask;

    // Up to a tenth more, so that deliveries that failed together do not come back together; the context's id replays.
    private static TimeSpan WithJitter(TaskOrchestrationContext context, TimeSpan wait) =>
        wait * (1 + (context.NewGuid().ToByteArray()[^1] / 2550.0));
}
