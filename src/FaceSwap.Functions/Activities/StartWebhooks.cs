using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Activities;

/// <summary>Starts the deliveries of a job's event, an instance each, under ids that a second run finds taken.</summary>
public sealed class StartWebhooks(DeliveryStart deliveries, IOptions<WebhookOptions> options)
{
    [Function(nameof(StartWebhooks))]
    public async Task RunAsync(
        [ActivityTrigger] StartWebhooksInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (job, type, status) = input;
        var view = JobViews.Of(job, status, status.Outcome, null);
        await deliveries.StartAsync(client, job.Webhooks, WebhookMessage.Of(type, status.Timeline[^1].At, view), cancellationToken);
        if (type == WebhookEventTypes.JobStarted && job.Webhooks.Any(target => target.Hears(WebhookEventTypes.JobProgress)))
        {
            var progress = new JobProgressReportsInput(job.Id, job.Webhooks, options.Value.ProgressInterval);
            await client.StartOnceAsync(nameof(JobProgressReports), $"progress-{job.Id}", progress, cancellationToken);
        }
    }
}
