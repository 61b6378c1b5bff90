using System.Text.Json;
using FaceSwap.Batches;
using FaceSwap.Jobs;
using FaceSwap.Schedules;

namespace FaceSwap.Webhooks;

/// <summary>A message as every receiver gets it.</summary>
/// <param name="Id">The header <c>webhook-id</c>: the same in every attempt and redelivery, and for every receiver.</param>
/// <param name="Type">One of <see cref="WebhookEventTypes"/>.</param>
/// <param name="At">When it happened.</param>
/// <param name="JobId">The job it tells of, or null.</param>
/// <param name="Body">The JSON that is sent, under 20 kB.</param>
/// <param name="BatchId">The batch it tells of, or null.</param>
public sealed record WebhookMessage(string Id, string Type, DateTimeOffset At, string? JobId, string Body, string? BatchId = null)
{
    /// <summary>A job's message: everything in it comes from the arguments, so that a step that runs again makes the very same one.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="at">When.</param>
    /// <param name="view">The job as it was then.</param>
    /// <param name="number">Tells progress messages of a job apart; null for what happens once.</param>
    public static WebhookMessage Of(string type, DateTimeOffset at, JobView view, int? number = null)
    {
        // Grows with every message of a job, although its parts run apart and count nothing together.
        var numbered = view with { Sequence = Math.Max(0, (long)(at - view.SubmittedAt).TotalMilliseconds) };
        var name = type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return new WebhookMessage($"msg_{view.Id}_{name}{(number is null ? "" : $"_{number}")}", type, at, view.Id, JobMessageBody.Write(type, at, numbered));
    }

    /// <summary>A batch's message, made like a job's.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="view">The batch as it was then.</param>
    public static WebhookMessage Of(string type, BatchView view)
    {
        // However often a batch tells of its progress: never twice of the same number of items.
        var id = type == WebhookEventTypes.BatchCompleted ? $"msg_{view.Id}_completed" : $"msg_{view.Id}_progress_{view.Counts.Ended}";
        var body = JsonSerializer.Serialize(new WebhookEvent<BatchView>(type, view.UpdatedAt, view), WebhookJson.Wire.BatchEvent);
        return new WebhookMessage(id, type, view.UpdatedAt, null, body, view.Id);
    }

    /// <summary>Tells of a time that a schedule left out.</summary>
    public static WebhookMessage Of(string scheduleId, ScheduleRun skipped)
    {
        var body = JsonSerializer.Serialize(
            new WebhookEvent<SkippedRun>(WebhookEventTypes.ScheduleSkipped, skipped.RecordedAt, new SkippedRun(scheduleId, skipped.At, skipped.BatchId)), WebhookJson.Wire.SkippedEvent);
        return new WebhookMessage($"msg_{scheduleId}_skipped_{skipped.At.UtcTicks}", WebhookEventTypes.ScheduleSkipped, skipped.RecordedAt, null, body);
    }

    /// <summary>A test send.</summary>
    public static WebhookMessage Test(string endpointId, Guid id, DateTimeOffset at)
    {
        var test = new WebhookTest(endpointId, "This is a test: nothing happened.");
        var body = JsonSerializer.Serialize(new WebhookEvent<WebhookTest>(WebhookEventTypes.Test, at, test), WebhookJson.Wire.TestEvent);
        return new WebhookMessage($"msg_test_{id:N}", WebhookEventTypes.Test, at, null, body);
    }
}

/// <summary>The body of a webhook.</summary>
/// <param name="Type">What happened, one of <see cref="WebhookEventTypes"/>.</param>
/// <param name="Timestamp">When it happened; the header <c>webhook-timestamp</c> tells when it was sent.</param>
/// <param name="Data">What it happened to, as the API shows it.</param>
public sealed record WebhookEvent<T>(string Type, DateTimeOffset Timestamp, T Data);

/// <summary>What a test send carries.</summary>
public sealed record WebhookTest(string EndpointId, string Note);

/// <summary>A time that a schedule left out.</summary>
/// <param name="ScheduleId">The schedule.</param>
/// <param name="At">The time.</param>
/// <param name="RunningBatch">The batch of an earlier run, which had not ended.</param>
public sealed record SkippedRun(string ScheduleId, DateTimeOffset At, string RunningBatch);
