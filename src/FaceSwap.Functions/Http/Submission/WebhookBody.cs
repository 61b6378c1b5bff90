namespace FaceSwap.Functions.Http.Submission;

/// <summary>Who is told of the job.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Events">The types it hears of; default: all but <c>job.progress</c>.</param>
public sealed record WebhookBody(string? Url = null, IReadOnlyList<string>? Events = null);
