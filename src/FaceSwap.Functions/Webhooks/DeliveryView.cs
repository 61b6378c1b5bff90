using System.Text.Json;
using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Webhooks;

/// <summary>A delivery as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="WebhookId">The header <c>webhook-id</c> of all its attempts.</param>
/// <param name="Type">What it tells of.</param>
/// <param name="JobId">The job it tells of, if it is one.</param>
/// <param name="Url">The receiver, where the job named it.</param>
/// <param name="Status"><c>pending</c>, <c>delivered</c>, or <c>failed</c>: a dead letter.</param>
/// <param name="Redeliveries">How often it was sent again.</param>
/// <param name="At">When it happened.</param>
/// <param name="NextAttemptAt">When the next attempt is due.</param>
/// <param name="Attempts">The latest attempts, at most 20, oldest first.</param>
/// <param name="Payload">The body that is sent; only where one delivery is asked for.</param>
public sealed record DeliveryView(
    string Id,
    string WebhookId,
    string Type,
    string? JobId,
    string? Url,
    DeliveryStatus Status,
    int Redeliveries,
    DateTimeOffset At,
    DateTimeOffset? NextAttemptAt,
    IReadOnlyList<LoggedAttempt> Attempts,
    JsonElement? Payload = null)
{
    public static DeliveryView Of(DeliveryRecord delivery) => new(
        delivery.Id,
        delivery.Message.Id,
        delivery.Message.Type,
        delivery.Message.JobId,
        delivery.Url,
        delivery.Status,
        delivery.Run - 1,
        delivery.Message.At,
        delivery.NextAttemptAt,
        delivery.Attempts);

    public static DeliveryView WithPayload(DeliveryRecord delivery) =>
        Of(delivery) with { Payload = JsonElement.Parse(delivery.Message.Body) };
}
