using System.Text.Json.Serialization;
using FaceSwap.Errors;

namespace FaceSwap.Ledger;

/// <summary>The result of the step that sends the paid message.</summary>
/// <param name="Kind">What is known.</param>
/// <param name="Baseline">The hash of the session's state before the message.</param>
/// <param name="IntendedAt">When the intent was made.</param>
/// <param name="Reply">What the agent said, for people; null when it said nothing, as in three edits of ten.</param>
/// <param name="Error">Why it did not run.</param>
public sealed record SendReport(SendReportKind Kind, string Baseline, DateTimeOffset IntendedAt, string? Reply = null, JobError? Error = null);

/// <summary>What is known about a paid message after the step that sends it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendReportKind>))]
public enum SendReportKind
{
    /// <summary>The reply ended by itself; the state tells whether the edit happened.</summary>
    Replied,

    /// <summary>The message left, or may have left; the state tells the rest.</summary>
    Uncertain,

    /// <summary>It is proved that the message did not run; the next attempt is allowed.</summary>
    DidNotRun,
}
