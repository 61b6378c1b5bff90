using FaceSwap.Jobs;

namespace FaceSwap.Functions.Activities;

/// <summary>What happened to a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Type">What happened; when, is the last entry of the timeline.</param>
/// <param name="Status">The job as it was then.</param>
public sealed record StartWebhooksInput(JobInput Job, string Type, JobStatus Status);
