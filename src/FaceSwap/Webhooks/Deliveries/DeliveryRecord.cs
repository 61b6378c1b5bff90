using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks.Deliveries;

/// <summary>A delivery's document: the message, what was tried, and what is next.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Message">What is sent.</param>
/// <param name="Url">The receiver that the job named; null: the endpoint's own.</param>
/// <param name="Status">What has become of it.</param>
/// <param name="Run">The newest run: 1, or the last redelivery's number.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null: none is.</param>
/// <param name="Attempts">The latest attempts, oldest first.</param>
public sealed record DeliveryRecord(
    string Id,
    string EndpointId,
    WebhookMessage Message,
    string? Url,
    DeliveryStatus Status,
    int Run,
    DateTimeOffset? NextAttemptAt,
    IReadOnlyList<LoggedAttempt> Attempts)
{
    /// <summary>How many attempts are kept; each holds at most a kilobyte of an answer.</summary>
    private const int MostAttempts = 20;

    public static DeliveryRecord Open(DeliveryKey key, WebhookTarget target, WebhookMessage message) =>
        new(key.Id, key.EndpointId, message, target.Url, DeliveryStatus.Pending, 1, message.At, []);

    /// <summary>With an attempt, once, however often it is reported; null when a later run has taken over.</summary>
    public DeliveryRecord? With(LoggedAttempt attempt, DeliveryStatus status, DateTimeOffset? next)
    {
        if (Run > attempt.Run)
        {
            return null;
        }

        var others = Attempts.Where(other => (other.Run, other.Number) != (attempt.Run, attempt.Number));
        return this with { Status = status, Run = attempt.Run, NextAttemptAt = next, Attempts = [.. others.Append(attempt).TakeLast(MostAttempts)] };
    }
}

/// <summary>What has become of a delivery.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<DeliveryStatus>))]
public enum DeliveryStatus
{
    /// <summary>It is under way.</summary>
    Pending,

    /// <summary>The receiver answered 2xx.</summary>
    Delivered,

    /// <summary>It was given up: the dead letters. It can be sent again.</summary>
    Failed,
}

/// <summary>An attempt as the log keeps it.</summary>
/// <param name="Run">The delivery it belongs to: 1, or a redelivery's number.</param>
/// <param name="Number">Which attempt of it, from 1.</param>
/// <param name="At">When it was made.</param>
/// <param name="LatencyMs">How long the receiver took, in milliseconds.</param>
/// <param name="Status">The receiver's HTTP status, or null when it gave none.</param>
/// <param name="Problem">Why it gave none.</param>
/// <param name="Answer">The first kilobyte of its answer.</param>
public sealed record LoggedAttempt(
    int Run, int Number, DateTimeOffset At, long LatencyMs, int? Status, AttemptProblem? Problem, string? Answer);
