using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Functions.Webhooks;

/// <summary>A webhook endpoint as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Where it comes from: <c>created</c>, <c>configured</c>, or <c>jobs</c> for the receivers that jobs name.</param>
/// <param name="Url">Its address; absent for <c>jobs</c>.</param>
/// <param name="Events">The types it hears of; absent for <c>jobs</c>, where each job says.</param>
/// <param name="Description">The caller's own words.</param>
/// <param name="Status"><c>enabled</c>, <c>disabled</c>, or <c>gone</c> after it answered 410.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record EndpointView(
    string Id,
    EndpointKind Kind,
    string? Url,
    IReadOnlyList<string>? Events,
    string? Description,
    EndpointStatus Status,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt)
{
    public static EndpointView Of(WebhookEndpoint endpoint) => new(
        endpoint.Id,
        endpoint.Kind,
        endpoint.Url,
        endpoint.Kind == EndpointKind.Jobs ? null : endpoint.Events ?? WebhookEventTypes.Default,
        endpoint.Description,
        endpoint.Status,
        endpoint.CreatedAt,
        endpoint.UpdatedAt);
}
