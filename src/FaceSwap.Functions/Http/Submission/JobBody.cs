namespace FaceSwap.Functions.Http.Submission;

/// <summary>The body of a submission, as JSON or as the part <c>request</c> of a form.</summary>
/// <param name="Video">The address of the video; absent when the video is a part of the form.</param>
/// <param name="Face">The address of the face picture; absent when it is a part of the form.</param>
/// <param name="Instruction">What the backend is told; default: swap the face, in the backend's documented words.</param>
/// <param name="Language">The language the backend works in; default <c>en</c>.</param>
/// <param name="Webhook">Where the end of the job is told.</param>
/// <param name="Metadata">The caller's own words, returned unchanged: at most 16 entries.</param>
/// <param name="OnUnknownOutcome"><c>stop</c> (default) or <c>resend</c>: what to do when it cannot be told whether the paid message ran.</param>
public sealed record JobBody(
    string? Video = null,
    string? Face = null,
    string? Instruction = null,
    string? Language = null,
    WebhookBody? Webhook = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    string? OnUnknownOutcome = null);
