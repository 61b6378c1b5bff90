using FaceSwap.Jobs;

namespace FaceSwap.Webhooks;

/// <summary>The body of a webhook.</summary>
/// <param name="Type">What happened: <c>job.completed</c>, <c>job.failed</c> or <c>job.cancelled</c>.</param>
/// <param name="Timestamp">When it happened.</param>
/// <param name="Data">The job as the API shows it.</param>
public sealed record WebhookEvent(string Type, DateTimeOffset Timestamp, JobView Data)
{
    /// <summary>The event that the end of a job is.</summary>
    public static string TypeOf(JobStage end) => end switch
    {
        JobStage.Completed => "job.completed",
        JobStage.Cancelled => "job.cancelled",
        _ => "job.failed",
    };
}
