using FaceSwap.Functions.Http.Submission;

namespace FaceSwap.Functions.Http.Conversation;

/// <summary>A message to a finished job.</summary>
/// <param name="Text">What the user says, 1 to 2,000 characters, in English or Chinese.</param>
/// <param name="Webhook">Who is told of the new job, if the message starts one.</param>
/// <param name="Metadata">The caller's own words for the new job.</param>
/// <param name="OnUnknownOutcome">As in a submission, for the new job.</param>
/// <param name="Action">What the message asks for, whatever its words: <c>message</c>, <c>export</c>, <c>credits</c>, <c>state</c> or <c>upload</c>.</param>
public sealed record MessageBody(
    string? Text = null,
    WebhookBody? Webhook = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    string? OnUnknownOutcome = null,
    string? Action = null);
