using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Jobs.Run;

/// <summary>Tells of a job's beginning and end, where anybody wants to hear of it.</summary>
internal static class JobWebhooks
{
    /// <summary>Tells that the job has started, and has its progress reported from then on.</summary>
    /// <returns>Ends when the deliveries are started; the job need not wait for it until its own end.</returns>
    public static Task TellStartAsync(this JobRun run, IReadOnlyList<WebhookTarget> targets) =>
        Hears(targets, WebhookEventTypes.JobStarted) || Hears(targets, WebhookEventTypes.JobProgress)
            ? TellAsync(run, targets, WebhookEventTypes.JobStarted)
            : Task.CompletedTask;

    /// <summary>Tells how the job ended.</summary>
    public static Task TellEndAsync(this JobRun run, IReadOnlyList<WebhookTarget> targets)
    {
        var type = WebhookEventTypes.OfEnd(run.Status.Stage);
        return Hears(targets, type) ? TellAsync(run, targets, type) : Task.CompletedTask;
    }

    private static bool Hears(IReadOnlyList<WebhookTarget> targets, string type) => targets.Any(target => target.Hears(type));

    private static Task TellAsync(JobRun run, IReadOnlyList<WebhookTarget> targets, string type) =>
        run.TryAtEndAsync(nameof(EventSteps.StartWebhooks), new StartWebhooksInput(run.Job, targets, type, run.Status));
}
