using FaceSwap.Errors;

namespace FaceSwap.Ledger;

/// <summary>The result of the step that sends the paid message.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Baseline">The hash of the session's state before the message.</param>
/// <param name="IntendedAt">When the intent was made.</param>
/// <param name="HadText">Whether the agent answered with text; three edits in ten end without any.</param>
/// <param name="Error">Why it did not run.</param>
public sealed record SendReport(SendReportKind Kind, string Baseline, DateTimeOffset IntendedAt, bool HadText = false, JobError? Error = null);
