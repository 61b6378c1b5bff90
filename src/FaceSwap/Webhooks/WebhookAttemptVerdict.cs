using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks;

/// <summary>What follows from an attempt.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookAttemptVerdict>))]
public enum WebhookAttemptVerdict
{
    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>It did not; the next attempt follows the schedule.</summary>
    Retry,

    /// <summary>It never will: it answered 410, or its address is not allowed.</summary>
    GivenUp,
}
