using FaceSwap.Functions.Edge.Durable;
using FaceSwap.Functions.Webhooks;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>What is told of a job.</summary>
public sealed class EventSteps(DeliveryStart deliveries, IOptions<WebhookOptions> options, JobReader jobs)
{
    /// <summary>Starts the deliveries of a job's event, an instance each, under ids that a second run finds taken.</summary>
    [Function(nameof(StartWebhooks))]
    public async Task StartWebhooks(
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

    /// <summary>Tells how far a job is, if that has changed since the last time.</summary>
    [Function(nameof(ReportProgress))]
    public async Task<ProgressReport> ReportProgress(
        [ActivityTrigger] ReportProgressInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (jobId, targets, at, last) = input;
        if (await jobs.FindAsync(jobId, client, cancellationToken) is not { Outcome: null } reading)
        {
            return last with { HasEnded = true };
        }

        var view = await jobs.ViewAsync(reading, cancellationToken);
        var report = new ProgressReport(last.Number + 1, view.Status, view.Percent, view.Note, false);
        if (report with { Number = last.Number } == last)
        {
            return last;
        }

        var message = WebhookMessage.Of(WebhookEventTypes.JobProgress, at, view, report.Number);
        await deliveries.StartAsync(client, targets, message, cancellationToken);
        return report;
    }
}

/// <summary>What happened to a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Webhooks">Who may hear of it.</param>
/// <param name="Type">What happened; when, is the last entry of the timeline.</param>
/// <param name="Status">The job as it was then.</param>
public sealed record StartWebhooksInput(JobInput Job, IReadOnlyList<WebhookTarget> Webhooks, string Type, JobStatus Status);

public sealed record ReportProgressInput(string JobId, IReadOnlyList<WebhookTarget> Targets, DateTimeOffset At, ProgressReport Last);
