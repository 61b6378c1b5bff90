using FaceSwap.Webhooks;

namespace FaceSwap.Jobs;

/// <summary>The input of a job's instance: everything the orchestrator needs, so that it reads no setting of its own.</summary>
/// <param name="Id">The job's id, which is the instance's id too.</param>
/// <param name="Caller">Who submitted it.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="ApiBase">The address of the API as the caller sees it, for links in webhooks.</param>
/// <param name="Video">The video; null for a job that continues another.</param>
/// <param name="Face">The face picture; null for a job that continues another.</param>
/// <param name="Continues">The earlier job whose session this one goes on with, or null.</param>
/// <param name="Instruction">What the backend is told to do; null for a job that only renders what is there.</param>
/// <param name="Language">The language the backend works in, as an IETF tag.</param>
/// <param name="Webhooks">Who hears of the job.</param>
/// <param name="Metadata">The caller's own words, returned unchanged.</param>
/// <param name="Policy">Intervals and limits as they were configured when the job was accepted.</param>
/// <param name="OnUnknownOutcome">What to do when it cannot be told whether the paid message ran.</param>
public sealed record JobInput(
    string Id,
    string Caller,
    DateTimeOffset SubmittedAt,
    string ApiBase,
    MediaSource? Video,
    MediaSource? Face,
    JobContinuation? Continues,
    string? Instruction,
    string Language,
    IReadOnlyList<WebhookTarget> Webhooks,
    IReadOnlyDictionary<string, string>? Metadata,
    JobPolicy Policy,
    UnknownOutcome OnUnknownOutcome = UnknownOutcome.Stop);
