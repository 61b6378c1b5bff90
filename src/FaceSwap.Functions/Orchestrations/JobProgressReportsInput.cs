using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>The input of the reports.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Targets">Who may hear of it.</param>
/// <param name="Interval">The time between two reports, at least.</param>
/// <param name="Last">What was reported last; null at the beginning.</param>
public sealed record JobProgressReportsInput(string JobId, IReadOnlyList<WebhookTarget> Targets, TimeSpan Interval, ProgressReport? Last = null);
