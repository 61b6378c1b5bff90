using FaceSwap.Functions.Instances;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Activities.Webhooks;

/// <summary>Starts the deliveries of a job's event, an instance each, under ids that a second run finds taken.</summary>
public sealed class StartWebhooks(DeliveryStart deliveries, IOptions<WebhookOptions> options)
{
    [Function(nameof(StartWebhooks))]
    public async Task RunAsync(
        [ActivityTrigger] StartWebhooksInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (job, targets, type, status) = input;
        var view = JobViews.Of(job, status, status.Outcome, null);
        await deliveries.StartAsync(client, targets, WebhookMessage.Of(type, status.Timeline[^1].At, view), cancellationToken);
        if (type == WebhookEventTypes.JobStarted && targets.Any(target => target.Hears(WebhookEventTypes.JobProgress)))
        {
            var progress = new JobProgressReportsInput(job.Id, targets, options.Value.ProgressInterval);
            await client.StartOnceAsync(Orchestrators.JobProgressReports, JobProgressReportsInput.InstanceId(job.Id), progress, cancellationToken);
        }
    }
}

/// <summary>What happened to a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Webhooks">Who may hear of it.</param>
/// <param name="Type">What happened; when, is the last entry of the timeline.</param>
/// <param name="Status">The job as it was then.</param>
public sealed record StartWebhooksInput(JobInput Job, IReadOnlyList<WebhookTarget> Webhooks, string Type, JobStatus Status);
