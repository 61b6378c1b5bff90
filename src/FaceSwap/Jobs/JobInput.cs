using System.Globalization;
using System.Text.Json.Serialization;
using FaceSwap.Media;

namespace FaceSwap.Jobs;

/// <summary>A job as it was accepted: everything its orchestrator needs, so that it reads no setting of its own.</summary>
/// <param name="Id">The job's id, which is the instance's id too.</param>
/// <param name="Caller">Who submitted it.</param>
/// <param name="SubmittedAt">When it was accepted.</param>
/// <param name="ApiBase">The address of the API as the caller sees it, for links in webhooks.</param>
/// <param name="Video">The video; null for a job that continues another.</param>
/// <param name="Face">The face picture; null for a job that continues another.</param>
/// <param name="Continues">The earlier job whose session this one goes on with, or null.</param>
/// <param name="Instruction">What the backend is told to do; null for a job that only renders what is there.</param>
/// <param name="Language">The language the backend works in, as an IETF tag.</param>
/// <param name="Metadata">The caller's own words, returned unchanged.</param>
/// <param name="Policy">Intervals and limits as they were configured when the job was accepted.</param>
/// <param name="OnUnknownOutcome">What to do when it cannot be told whether the paid message ran.</param>
/// <param name="Key">The document of the idempotency key under which it was started; null: there was none.</param>
/// <param name="Consent">What the caller said of the consent of whoever is shown, or null.</param>
/// <param name="Audio">A sound that the instruction speaks of, or null.</param>
/// <param name="Batch">The batch of which it is an item, or null.</param>
/// <param name="More">Media that go up into the session besides: further ones of its own, or those of jobs that go on in it.</param>
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
    IReadOnlyDictionary<string, string>? Metadata,
    JobPolicy Policy,
    UnknownOutcome OnUnknownOutcome = UnknownOutcome.Stop,
    string? Key = null,
    JobConsent? Consent = null,
    MediaSource? Audio = null,
    JobBatch? Batch = null,
    IReadOnlyList<JobMedia>? More = null)
{
    /// <summary>All media that go up into its session, in this order; none for a job that continues another.</summary>
    [JsonIgnore]
    public IReadOnlyList<JobMedia> Media =>
    [
        .. new (MediaRole Role, MediaSource? Source)[] { (MediaRole.Video, Video), (MediaRole.Face, Face), (MediaRole.Audio, Audio) }
            .Where(media => media.Source is not null)
            .Select(media => new JobMedia(media.Role, media.Source!)),
        .. More ?? [],
    ];
}

/// <summary>A media file that goes up into a job's session.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record JobMedia(MediaRole Role, MediaSource Source);

/// <summary>The place of a job in a batch.</summary>
/// <param name="Id">The batch.</param>
/// <param name="Item">Which item of it, from 1.</param>
public sealed record JobBatch(string Id, int Item);

/// <summary>That whoever is shown agreed to it, as the caller says: kept in the job's record, and passed nowhere.</summary>
/// <param name="By">Who agreed.</param>
/// <param name="Statement">To what.</param>
public sealed record JobConsent(string By, string Statement);

/// <summary>The earlier job that this one continues.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="TaskId">The project at the backend.</param>
/// <param name="SessionId">The session, with the timeline as the earlier job left it.</param>
public sealed record JobContinuation(string JobId, string TaskId, string SessionId);

/// <summary>Where a media file of a job comes from: an address that is still to be fetched, a file that came with the request, the blob of an upload, or a file of the library.</summary>
/// <param name="Address">The address.</param>
/// <param name="Staged">The file that came with the request.</param>
/// <param name="Upload">The blob of the upload.</param>
/// <param name="Library">Where the file lies in the library.</param>
/// <param name="Name">What it goes by at the backend, without its extension; null: what it is for.</param>
public sealed record MediaSource(string? Address, StagedMedia? Staged, string? Upload = null, string? Library = null, string? Name = null)
{
    /// <summary>What one of several media of a kind goes by, so that an instruction can say which is meant: <c>video</c>, <c>video-2</c>, and so on.</summary>
    public static string NameOf(MediaRole role, int number)
    {
        var word = role.ToString().ToLowerInvariant();
        return number == 1 ? word : string.Create(CultureInfo.InvariantCulture, $"{word}-{number}");
    }
}

/// <summary>What a job does when, after all waiting, it cannot be told whether its paid message ran.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownOutcome>))]
public enum UnknownOutcome
{
    /// <summary>It ends as <c>ambiguous_outcome</c>: nothing is charged twice.</summary>
    [JsonStringEnumMemberName("stop")]
    Stop,

    /// <summary>It sends the message once more: the edit may be charged twice.</summary>
    [JsonStringEnumMemberName("resend")]
    Resend,
}
