namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>A change of a webhook endpoint; what is absent stays as it is.</summary>
/// <param name="Url">Another address; deliveries under way go there too.</param>
/// <param name="Events">Another filter, for jobs that are accepted from now on.</param>
/// <param name="Description">Other words.</param>
/// <param name="Enabled">False stops all sending to it; true takes it up again, after a 410 too.</param>
public sealed record EndpointPatch(
    string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null, bool? Enabled = null);
