namespace FaceSwap.Functions.Http.Submission;

/// <summary>Where the end of a job is told.</summary>
public sealed record WebhookBody(string? Url);
