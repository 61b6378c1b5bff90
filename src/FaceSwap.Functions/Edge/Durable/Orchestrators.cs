namespace FaceSwap.Functions.Edge.Durable;

/// <summary>The app's orchestrators by name, for whoever starts their instances.</summary>
internal static class Orchestrators
{
    public const string BatchDeletion = "BatchDeletion";
    public const string BatchItem = "BatchItem";
    public const string FaceSwapBatch = "FaceSwapBatch";
    public const string FaceSwapJob = "FaceSwapJob";
    public const string JobDeletion = "JobDeletion";
    public const string JobProgressReports = "JobProgressReports";
    public const string ScheduleClock = "ScheduleClock";
    public const string WebhookDelivery = "WebhookDelivery";
    public const string WebhookRecovery = "WebhookRecovery";
}
