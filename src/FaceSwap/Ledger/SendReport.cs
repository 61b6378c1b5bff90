using FaceSwap.Errors;

namespace FaceSwap.Ledger;

/// <summary>The result of the step that sends the paid message.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Baseline">The hash of the session's state before the message.</param>
/// <param name="IntendedAt">When the intent was made.</param>
/// <param name="Reply">What the agent said, for people; null when it said nothing, as in three edits of ten.</param>
/// <param name="Error">Why it did not run.</param>
public sealed record SendReport(SendReportKind Kind, string Baseline, DateTimeOffset IntendedAt, string? Reply = null, JobError? Error = null);
