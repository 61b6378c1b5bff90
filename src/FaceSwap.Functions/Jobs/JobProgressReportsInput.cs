using FaceSwap.Jobs;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Jobs;

/// <summary>The input of the reports.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Targets">Who may hear of it.</param>
/// <param name="Interval">The time between two reports, at least.</param>
/// <param name="Last">What was reported last; null at the beginning.</param>
public sealed record JobProgressReportsInput(string JobId, IReadOnlyList<WebhookTarget> Targets, TimeSpan Interval, ProgressReport? Last = null)
{
    /// <summary>The instance that reports a job's progress.</summary>
    public static string InstanceId(string jobId) => $"progress-{jobId}";
}

/// <summary>What was said of a job's progress.</summary>
/// <param name="Number">Which report it is, from 1.</param>
/// <param name="Stage">The stage the job was in.</param>
/// <param name="Percent">How much was done.</param>
/// <param name="Note">What it was at.</param>
/// <param name="HasEnded">The job has ended: there is nothing more to report.</param>
public sealed record ProgressReport(int Number, JobStage Stage, int Percent, string? Note, bool HasEnded);
