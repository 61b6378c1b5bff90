using FaceSwap.Webhooks.Deliveries;

namespace FaceSwap.Functions.Activities;

public sealed record RecordAttemptInput(DeliveryKey Delivery, LoggedAttempt Attempt, DeliveryStatus Status, DateTimeOffset? NextAttemptAt);
