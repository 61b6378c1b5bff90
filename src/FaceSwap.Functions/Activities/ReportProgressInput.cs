using FaceSwap.Functions.Orchestrations;
using FaceSwap.Webhooks;

namespace FaceSwap.Functions.Activities;

public sealed record ReportProgressInput(string JobId, IReadOnlyList<WebhookTarget> Targets, DateTimeOffset At, ProgressReport Last);
