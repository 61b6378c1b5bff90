namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>All of a caller's webhook endpoints; their number is limited.</summary>
public sealed record EndpointListBody(IReadOnlyList<EndpointView> Endpoints);
