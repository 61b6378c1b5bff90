using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>The input of a delivery.</summary>
/// <param name="Message">What is sent, and to whom.</param>
/// <param name="Waits">The wait before each attempt, as configured when the delivery began.</param>
public sealed record WebhookDeliveryInput(WebhookMessage Message, IReadOnlyList<TimeSpan> Waits);
