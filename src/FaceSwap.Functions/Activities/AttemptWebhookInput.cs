using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Activities;

public sealed record AttemptWebhookInput(DeliveryKey Delivery, int Run);
