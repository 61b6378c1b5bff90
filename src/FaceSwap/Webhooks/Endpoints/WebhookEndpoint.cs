using System.Text.Json.Serialization;

namespace FaceSwap.Webhooks.Endpoints;

/// <summary>A receiver of webhooks that stays.</summary>
/// <param name="Id">Its id; part of how its secrets are derived.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Url">Its address; null for <see cref="EndpointKind.Jobs"/>.</param>
/// <param name="Events">The types it hears of; null: <see cref="WebhookEventTypes.Default"/>.</param>
/// <param name="Description">The owner's own words.</param>
/// <param name="Status">Whether it is sent to.</param>
/// <param name="Rotation">How often its secret was rotated.</param>
/// <param name="Retired">Former secrets that may still sign.</param>
/// <param name="CreatedAt">When it was created; null for one that was not created through the API.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record WebhookEndpoint(
    string Id,
    EndpointKind Kind,
    string? Url,
    IReadOnlyList<string>? Events,
    string? Description,
    EndpointStatus Status,
    int Rotation,
    IReadOnlyList<RetiredSecret> Retired,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt)
{
    /// <summary>The id of the endpoint that stands for the receivers that jobs name.</summary>
    public const string ForJobs = "default";

    public bool IsEnabled => Status == EndpointStatus.Enabled;

    public static WebhookEndpoint Created(string id, string url, IReadOnlyList<string>? events, string? description, DateTimeOffset at) =>
        new(id, EndpointKind.Created, url, events, description, EndpointStatus.Enabled, 0, [], at, at);

    public static WebhookEndpoint Configured(string id, string url, IReadOnlyList<string>? events) =>
        new(id, EndpointKind.Configured, url, events, null, EndpointStatus.Enabled, 0, [], null, null);

    public static WebhookEndpoint OfJobs() =>
        new(ForJobs, EndpointKind.Jobs, null, null, null, EndpointStatus.Enabled, 0, [], null, null);
}

/// <summary>Where an endpoint comes from.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<EndpointKind>))]
public enum EndpointKind
{
    /// <summary>Created through the API.</summary>
    Created,

    /// <summary>Named in the app's configuration: its address and filter are changed there.</summary>
    Configured,

    /// <summary>Stands for the receivers that jobs name: it has a secret and a delivery log, but no address.</summary>
    Jobs,
}

/// <summary>Whether an endpoint is sent to.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<EndpointStatus>))]
public enum EndpointStatus
{
    Enabled,

    /// <summary>By its owner.</summary>
    Disabled,

    /// <summary>Because it answered 410.</summary>
    Gone,
}

/// <summary>A secret that was rotated away and signs beside its successor for a while.</summary>
/// <param name="Rotation">Its number.</param>
/// <param name="SignsUntil">When it stops.</param>
public sealed record RetiredSecret(int Rotation, DateTimeOffset SignsUntil);
