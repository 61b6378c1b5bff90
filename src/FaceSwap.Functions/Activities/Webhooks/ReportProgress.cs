using FaceSwap.Functions.Instances;
using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Webhooks;

/// <summary>Tells how far a job is, if that has changed since the last time.</summary>
public sealed class ReportProgress(JobReader jobs, DeliveryStart deliveries)
{
    [Function(nameof(ReportProgress))]
    public async Task<ProgressReport> RunAsync(
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

public sealed record ReportProgressInput(string JobId, IReadOnlyList<WebhookTarget> Targets, DateTimeOffset At, ProgressReport Last);
