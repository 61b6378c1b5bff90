namespace FaceSwap.Functions.Http.Webhooks;

/// <summary>A webhook endpoint to be created.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Events">The types it hears of; default: all but <c>job.progress</c>.</param>
/// <param name="Description">The caller's own words, at most 256 characters.</param>
public sealed record EndpointBody(string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null);
