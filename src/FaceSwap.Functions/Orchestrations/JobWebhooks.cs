using FaceSwap.Functions.Activities;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>Tells of a job's beginning and end, where anybody wants to hear of it.</summary>
internal static class JobWebhooks
{
    /// <summary>Tells that the job has started, and has its progress reported from then on.</summary>
    /// <returns>Ends when the deliveries are started; the job need not wait for it until its own end.</returns>
    public static Task TellStartAsync(this JobRun run) =>
        Hears(run, WebhookEventTypes.JobStarted) || Hears(run, WebhookEventTypes.JobProgress)
            ? TellAsync(run, WebhookEventTypes.JobStarted)
            : Task.CompletedTask;

    /// <summary>Tells how the job ended.</summary>
    public static Task TellEndAsync(this JobRun run)
    {
        var type = WebhookEventTypes.OfEnd(run.Status.Stage);
        return Hears(run, type) ? TellAsync(run, type) : Task.CompletedTask;
    }

    private static bool Hears(JobRun run, string type) => run.Job.Webhooks.Any(target => target.Hears(type));

    private static Task TellAsync(JobRun run, string type) =>
        run.TryAtEndAsync(nameof(StartWebhooks), new StartWebhooksInput(run.Job, type, run.Status));
}
