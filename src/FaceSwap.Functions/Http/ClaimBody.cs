namespace FaceSwap.Functions.Http;

/// <summary>A link that opens the job's project in the browser, once a person follows it.</summary>
public sealed record ClaimBody(Uri Url, DateTimeOffset ExpiresAt);
