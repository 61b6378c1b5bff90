using System.Text.Json;
using FaceSwap.Functions.Orchestrations;
using FaceSwap.Jobs;
using FaceSwap.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Activities;

/// <summary>Starts the delivery of a job's webhook as an instance of its own, under an id that a second run finds taken.</summary>
public sealed class StartWebhook(IOptions<WebhookOptions> options)
{
    [Function(nameof(StartWebhook))]
    public async Task RunAsync(
        [ActivityTrigger] StartWebhookInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var message = Message(input);
        var delivery = new WebhookDeliveryInput(message, options.Value.Waits());
        await client.StartOnceAsync(nameof(WebhookDelivery), message.InstanceId, delivery, cancellationToken);
    }

    // Everything in the message comes from the instance, so that a second run makes the very same one.
    private static WebhookMessage Message(StartWebhookInput input)
    {
        var (job, outcome, timeline) = input;
        var end = timeline[^1];
        var view = JobViews.Of(job, new JobStatus(end.Stage, end.Stage.PercentAtStart(), timeline), outcome, null);
        var type = WebhookEvent.TypeOf(outcome.Stage);
        var body = JsonSerializer.Serialize(new WebhookEvent(type, end.At, view), WebhookJson.Default.WebhookEvent);
        return new WebhookMessage($"msg_{job.Id}_{type.Replace('.', '_')}", job.WebhookUrl!, WebhookSecrets.DefaultEndpoint, body);
    }
}
