using System.Text.Json.Serialization;

namespace FaceSwap.Ledger;

/// <summary>What is known about a paid message after the step that sends it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendReportKind>))]
public enum SendReportKind
{
    /// <summary>The answer ended by itself; the state tells whether the edit happened.</summary>
    Answered,

    /// <summary>The message left, or may have left; the state tells the rest.</summary>
    Uncertain,

    /// <summary>It is proved that the message did not run; the next attempt is allowed.</summary>
    DidNotRun,
}
