using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks;

/// <summary>How one attempt to deliver a message ended.</summary>
/// <param name="Verdict">What follows from it.</param>
/// <param name="At">When it was made.</param>
/// <param name="Latency">How long the receiver took, or was waited for.</param>
/// <param name="Status">The receiver's HTTP status, or null when it gave none.</param>
/// <param name="Answer">The beginning of what it answered, at most 1,024 bytes of it.</param>
/// <param name="Problem">Why there is no status.</param>
/// <param name="RetryAfter">How long the receiver asked to wait.</param>
public sealed record WebhookAttempt(
    WebhookAttemptVerdict Verdict,
    DateTimeOffset At,
    TimeSpan Latency = default,
    int? Status = null,
    string? Answer = null,
    AttemptProblem? Problem = null,
    TimeSpan? RetryAfter = null);

/// <summary>What follows from an attempt.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<WebhookAttemptVerdict>))]
public enum WebhookAttemptVerdict
{
    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>It did not; the next attempt follows the schedule.</summary>
    Retry,

    /// <summary>It never will: it answered 410, its address is not allowed, or its endpoint is disabled.</summary>
    GivenUp,

    /// <summary>None was made: a later redelivery has taken the message over, or its record is gone.</summary>
    Superseded,
}

/// <summary>Why an attempt got no answer.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<AttemptProblem>))]
public enum AttemptProblem
{
    /// <summary>The receiver did not answer in time.</summary>
    Timeout,

    /// <summary>No connection came about, or it broke.</summary>
    Unreachable,

    /// <summary>The address leads to a place that is not allowed.</summary>
    AddressRefused,

    /// <summary>The endpoint is disabled, or was deleted.</summary>
    EndpointDisabled,

    /// <summary>The app itself could not make the attempt.</summary>
    Internal,
}
