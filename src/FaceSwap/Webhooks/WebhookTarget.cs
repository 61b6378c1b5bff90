namespace FaceSwap.Webhooks;

/// <summary>Who hears of a job: decided when the job is accepted, so that its orchestrator needs no setting.</summary>
/// <param name="Owner">The caller whose endpoint it is.</param>
/// <param name="EndpointId">The endpoint, whose secrets sign.</param>
/// <param name="Url">The receiver that the job named; null: the endpoint's own, as it is when the message is sent.</param>
/// <param name="Events">The types it hears of; null: <see cref="WebhookEventTypes.Default"/>.</param>
public sealed record WebhookTarget(string Owner, string EndpointId, string? Url, IReadOnlyList<string>? Events)
{
    public bool Hears(string type) => WebhookEventTypes.Pass(Events, type);
}
