using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Orchestrations;

/// <summary>The input of a delivery.</summary>
/// <param name="Delivery">What is sent, and to whom.</param>
/// <param name="Run">1, or a redelivery's number.</param>
/// <param name="Waits">The wait before each attempt, as configured when the delivery began.</param>
public sealed record WebhookDeliveryInput(DeliveryKey Delivery, int Run, IReadOnlyList<TimeSpan> Waits);
