using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks;

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
