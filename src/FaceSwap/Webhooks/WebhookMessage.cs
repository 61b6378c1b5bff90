namespace FaceSwap.Webhooks;

/// <summary>A message on its way to a receiver.</summary>
/// <param name="Id">Stable over all attempts; derived from the job, so that a step that runs again sends no second message.</param>
/// <param name="Url">The receiver.</param>
/// <param name="EndpointId">Whose secret signs it.</param>
/// <param name="Body">The JSON that is sent, the same in every attempt.</param>
public sealed record WebhookMessage(string Id, string Url, string EndpointId, string Body)
{
    /// <summary>The instance that delivers this message.</summary>
    public string InstanceId => $"webhook-{Id}";
}
