using FaceSwap.Jobs;
using FaceSwap.Webhooks;

namespace FaceSwap.Demo;

/// <param name="Verdict">What the signature says.</param>
/// <param name="Event">The message; null unless the signature is valid.</param>
internal sealed record ReceivedWebhook(WebhookVerdict Verdict, WebhookEvent<JobView>? Event);
