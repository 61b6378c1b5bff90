using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using FaceSwap.Conversation;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.NemoVideo.Renders;
using FaceSwap.Network;
using FaceSwap.Webhooks;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>What is known to be wrong with a submission is said when it is made, not an hour later.</summary>
public sealed partial class SubmissionRules(AddressGuard guard, WebhookRules webhooks, IOptions<JobOptions> options)
{
    /// <summary>How many videos, or faces, a job has at most.</summary>
    public const int MostOfOneKind = 10;

    private const int LongestInstruction = 2000;
    private const int LongestConsent = 2000;
    private const int MostMetadata = 16;
    private const int LongestMetadataKey = 64;
    private const int LongestMetadataValue = 512;
    private const int MostMetadataBytes = 10_240;
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(1);

    /// <returns>The submission as it is kept: what was checked, and nothing else.</returns>
    /// <exception cref="FaceSwapException">The first rule that the submission breaks.</exception>
    public Submitted Check(Submitted submitted)
    {
        var body = submitted.Body;
        CheckSources(ErrorCodes.MissingVideo, "video", submitted.Of(MediaRole.Video), body.Video, body.Videos);
        CheckSources(ErrorCodes.MissingFace, "face", submitted.Of(MediaRole.Face), body.Face, body.Faces);
        CheckSources(null, "audio", submitted.Of(MediaRole.Audio), body.Audio, null);
        Require(submitted.Of(MediaRole.Audio).Count == 0 || body.Instruction is not null, "'instruction' must say what is done with 'audio', such as: swap the face in my video and add this music at 35 %.");
        Require(
            (submitted.Of(MediaRole.Video).Count == 1 && submitted.Of(MediaRole.Face).Count == 1) || body.Instruction is not null,
            "'instruction' must say which of several videos or faces is meant where; they go by the names video, video-2 and so on, and face, face-2 and so on.");
        var instruction = body.Instruction is { } text ? TextOf(text, "instruction") : null;
        Require(body.Language is null || LanguageTag().IsMatch(body.Language), "'language' must be a language tag such as 'en' or 'zh-CN'.");
        Choice(body.OnUnknownOutcome);
        DeadlineOf(body.Deadline);
        CheckOutput(body.Output);
        CheckConsent(body.Consent);
        Check(body.Webhook, body.Metadata);
        return submitted with { Body = body with { Instruction = instruction } };
    }

    /// <summary>What a submission that goes on in an earlier job's session says, as the message that it is.</summary>
    /// <exception cref="FaceSwapException">It has what only a new session can take.</exception>
    public static MessageBody MessageOf(Submitted submitted)
    {
        var body = submitted.Body;
        Require(
            body is { Video: null, Videos: null, Face: null, Faces: null, Audio: null, Language: null, Consent: null } && submitted.Parts.Count == 0,
            "With 'continueFrom' there is no 'video', 'face', 'audio', 'language' or 'consent': the job goes on with those of the earlier one.");
        CheckOutput(body.Output);
        return new MessageBody(TextOf(body.Instruction, "instruction"), body.Webhook, body.Metadata, body.OnUnknownOutcome, "message", body.Deadline);
    }

    /// <exception cref="FaceSwapException">The first rule that a message which starts a job breaks.</exception>
    public void Check(MessageBody message)
    {
        Choice(message.OnUnknownOutcome);
        DeadlineOf(message.Deadline);
        Check(message.Webhook, message.Metadata);
    }

    /// <exception cref="FaceSwapException">The first rule that a receiver, or the caller's own words, break.</exception>
    public void Check(WebhookBody? webhook, IReadOnlyDictionary<string, string>? metadata)
    {
        CheckWebhook(webhook);
        CheckMetadata(metadata);
    }

    /// <summary>What a caller chose for the case that it cannot be told whether the paid message ran.</summary>
    /// <exception cref="FaceSwapException">It is none of the choices.</exception>
    public static UnknownOutcome Choice(string? onUnknownOutcome) => onUnknownOutcome switch
    {
        null or "stop" => UnknownOutcome.Stop,
        "resend" => UnknownOutcome.Resend,
        _ => throw new FaceSwapException(ErrorCodes.InvalidRequest, "'onUnknownOutcome' must be 'stop' or 'resend'."),
    };

    /// <summary>The deadline that a caller chose; null leaves it to the app.</summary>
    /// <exception cref="FaceSwapException">It is no duration, or too short or too long.</exception>
    public static TimeSpan? DeadlineOf(string? deadline)
    {
        if (deadline is null)
        {
            return null;
        }

        TimeSpan? chosen = null;
        try
        {
            chosen = XmlConvert.ToTimeSpan(deadline);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            // Said below.
        }

        Require(
            chosen >= ShortestDeadline && chosen <= LongestDeadline,
            "'deadline' must be an ISO 8601 duration of 5 minutes to 24 hours, such as 'PT30M' or 'PT2H'.");
        return chosen;
    }

    /// <summary>What a caller says a message asks for; null leaves it to the words.</summary>
    /// <exception cref="FaceSwapException">It is none of the actions.</exception>
    public static UserAction? ActionOf(string? action) => action switch
    {
        null => null,
        "message" => UserAction.Message,
        "export" => UserAction.Export,
        "credits" => UserAction.Credits,
        "state" => UserAction.State,
        "upload" => UserAction.Upload,
        _ => throw new FaceSwapException(ErrorCodes.InvalidRequest, "'action' must be 'message', 'export', 'credits', 'state' or 'upload'."),
    };

    /// <summary>Metadata in one order, for comparing what was asked: the caller's order says nothing.</summary>
    public static IReadOnlyDictionary<string, string>? InOrder(IReadOnlyDictionary<string, string>? metadata) =>
        metadata is null ? null : new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal);

    /// <summary>Words for the backend as they are kept: without the white space around them, which counts all the same.</summary>
    /// <exception cref="FaceSwapException">They are too long, or none.</exception>
    public static string TextOf(string? given, string name)
    {
        var text = given?.Length <= LongestInstruction ? given.Trim() : "";
        Require(text.EnumerateRunes().Any(IsVisible), $"'{name}' must have 1 to 2,000 characters, and not only such as cannot be seen.");
        return text;
    }

    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format);

    private void CheckSources(string? missing, string name, IReadOnlyList<SubmittedMedia> media, string? one, IReadOnlyList<string>? several)
    {
        Require(one is null || several is null, $"'{name}' and '{name}s' are both given: one file is '{name}', several are '{name}s'.");
        Require(several is null or { Count: > 0 and <= MostOfOneKind }, $"'{name}s' must name 1 to {MostOfOneKind} files.");
        if (missing is not null && (media.Count == 0 || media.Any(file => file.Staged is null && string.IsNullOrWhiteSpace(file.Address))))
        {
            throw new FaceSwapException(missing, $"The submission names no '{name}'.") { Field = name };
        }

        foreach (var address in media.Select(file => file.Address).OfType<string>().Where(address => !MediaUploads.IsId(address) && !MediaLibrary.IsName(address)))
        {
            CheckAddress(name, address);
        }

        var named = media.Select(file => file.Address).OfType<string>().ToArray();
        Require(named.Distinct().Count() == named.Length, $"'{name}s' names a file twice.");
    }

    private void CheckAddress(string name, string address)
    {
        try
        {
            guard.Parse(address);
        }
        catch (FaceSwapException e)
        {
            throw new FaceSwapException(e.Code, e.Message, inner: e) { Field = name };
        }
    }

    private static void CheckOutput(OutputBody? output)
    {
        Require(output?.Format is null or NemoRenders.Format, $"'output.format' must be '{NemoRenders.Format}': the backend renders nothing else.");
        Require(output?.Quality is null or NemoRenders.Quality, $"'output.quality' must be '{NemoRenders.Quality}': the backend knows nothing else.");
    }

    private void CheckConsent(JobConsent? consent)
    {
        if (consent is null && options.Value.RequireConsent)
        {
            throw new FaceSwapException(ErrorCodes.ConsentRequired, "This app takes no job without the consent of whoever is shown.");
        }

        Require(
            consent is null || (IsText(consent.By) && IsText(consent.Statement)),
            "'consent' must have 'by' and 'statement', each of 1 to 2,000 characters.");
    }

    private static bool IsText(string? text) => text?.Length <= LongestConsent && !string.IsNullOrWhiteSpace(text);

    private void CheckWebhook(WebhookBody? webhook)
    {
        if (webhook is not null)
        {
            webhooks.CheckUrl(webhook.Url, "webhook.url");
            WebhookRules.CheckEvents(webhook.Events, "webhook.events");
        }
    }

    private static void CheckMetadata(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        Require(metadata.Count <= MostMetadata, "'metadata' must have at most 16 entries.");
        foreach (var (key, value) in metadata)
        {
            Require(
                key.Length is > 0 and <= LongestMetadataKey && value is { Length: <= LongestMetadataValue },
                "'metadata' must have keys of 1 to 64 and texts of at most 512 characters.");
        }

        // It travels in every webhook, whose body stays under 20 kB.
        var bytes = JsonSerializer.SerializeToUtf8Bytes(metadata, WebhookJson.Wire.IReadOnlyDictionaryStringString).Length;
        Require(bytes <= MostMetadataBytes, "'metadata' must not be larger than 10,240 bytes of JSON in all.");
    }

    private static void Require(bool holds, string detail)
    {
        if (!holds)
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, detail) { Field = FieldIn(detail) };
        }
    }

    // A rule that breaks names its field first.
    private static string? FieldIn(string detail) => detail.StartsWith('\'') ? detail[1..detail.IndexOf('\'', 1)] : null;

    [GeneratedRegex(@"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z")]
    private static partial Regex LanguageTag();
}
