using System.Collections.Frozen;
using FaceSwap.Jobs;

namespace FaceSwap.Webhooks;

/// <summary>What webhooks tell of. A type never changes its meaning.</summary>
public static class WebhookEventTypes
{
    public const string JobStarted = "job.started";
    public const string JobProgress = "job.progress";
    public const string JobCompleted = "job.completed";
    public const string JobFailed = "job.failed";
    public const string JobCancelled = "job.cancelled";
    public const string BatchProgress = "batch.progress";
    public const string BatchCompleted = "batch.completed";
    public const string ScheduleSkipped = "schedule.skipped";

    /// <summary>What a test send carries; no filter holds it back.</summary>
    public const string Test = "webhook.test";

    private static readonly FrozenSet<string> Known =
        FrozenSet.Create(JobStarted, JobProgress, JobCompleted, JobFailed, JobCancelled, BatchProgress, BatchCompleted, ScheduleSkipped);

    /// <summary>What a webhook without a filter hears of: everything but progress.</summary>
    public static IReadOnlyList<string> Default { get; } =
        [JobStarted, JobCompleted, JobFailed, JobCancelled, BatchCompleted, ScheduleSkipped];

    /// <summary>Whether a filter may name this type.</summary>
    public static bool IsKnown(string? type) => type is not null && Known.Contains(type);

    /// <summary>Whether a webhook with this filter hears of this type.</summary>
    /// <param name="filter">The types it named; null: <see cref="Default"/>.</param>
    public static bool Pass(IReadOnlyList<string>? filter, string type) => type == Test || (filter ?? Default).Contains(type);

    /// <summary>The event that the end of a job is; a passed deadline is a failure.</summary>
    public static string OfEnd(JobStage end) => end switch
    {
        JobStage.Completed => JobCompleted,
        JobStage.Cancelled => JobCancelled,
        _ => JobFailed,
    };
}
