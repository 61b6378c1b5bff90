using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>Reads a submission: JSON with addresses, or a form whose files go straight to Blob Storage as they arrive.</summary>
public sealed class SubmissionReader(MediaStaging staging)
{
    private const int LongestBoundary = 200;

    /// <summary>Whether a submission may bring files.</summary>
    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="FaceSwapException">The body is of no known kind, or a file is refused; then no file of it remains.</exception>
    public async Task<Submitted> ReadAsync(string jobId, HttpRequest request, CancellationToken cancellationToken)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                return new Submitted(await JsonBodyReader.ReadAsync(request.Body, JobsApiJson.Default.JobBody, cancellationToken), []);
            }

            if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            {
                return await ReadFormAsync(jobId, Boundary(type), request.Body, cancellationToken);
            }
        }

        throw new FaceSwapException(ErrorCodes.UnsupportedContentType, $"The content type '{request.ContentType?.ReplaceLineEndings(" ")}' is not known here.");
    }

    private async Task<Submitted> ReadFormAsync(string jobId, string boundary, Stream body, CancellationToken cancellationToken)
    {
        var form = new FormParts(jobId, staging);
        try
        {
            var reader = new MultipartReader(boundary, body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                await form.AddAsync(section, cancellationToken);
            }

            return form.ToSubmitted();
        }
        catch (Exception e)
        {
            // The caller may be gone by now; what was staged is removed all the same.
            await staging.DiscardAsync(form.Staged, CancellationToken.None);
            if (e is InvalidDataException or IOException and not BadHttpRequestException)
            {
                throw new FaceSwapException(ErrorCodes.InvalidRequest, "The form is malformed or ends before its last part.", inner: e);
            }

            throw;
        }
    }

    private static string Boundary(MediaTypeHeaderValue type)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= LongestBoundary }
            ? boundary
            : throw new FaceSwapException(ErrorCodes.InvalidRequest, "The form's content type names no boundary, or one that is too long.");
    }
}

/// <summary>The body of a submission, as JSON or as the part <c>request</c> of a form.</summary>
/// <param name="Video">The address of the video; absent when the video is a part of the form, or there are several.</param>
/// <param name="Face">The address of the face picture; absent when it is a part of the form, or there are several.</param>
/// <param name="Audio">The address of a sound that the instruction speaks of; it may be a part of the form.</param>
/// <param name="Instruction">What the backend is told; default: swap the face, in the backend's documented words.</param>
/// <param name="Language">The language the backend works in; default <c>en</c>.</param>
/// <param name="Webhook">Where the end of the job is told.</param>
/// <param name="Metadata">The caller's own words, returned unchanged: at most 16 entries.</param>
/// <param name="OnUnknownOutcome"><c>stop</c> (default) or <c>resend</c>: what to do when it cannot be told whether the paid message ran.</param>
/// <param name="Deadline">How long the job may take in all, 5 minutes to 24 hours as an ISO 8601 duration such as <c>PT30M</c>; default: the app's.</param>
/// <param name="Consent">That whoever is shown agreed: kept in the job's record, and passed nowhere.</param>
/// <param name="ContinueFrom">An ended job in whose session this one goes on, instead of a video and a face.</param>
/// <param name="Videos">Instead of <c>video</c>: several, at most 10, of which the instruction speaks; they share one timeline, and one result.</param>
/// <param name="Faces">Instead of <c>face</c>: several, at most 10, of which the instruction speaks.</param>
/// <param name="Output">What the result is to be.</param>
public sealed record JobBody(
    string? Video = null,
    string? Face = null,
    string? Audio = null,
    string? Instruction = null,
    string? Language = null,
    WebhookBody? Webhook = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    string? OnUnknownOutcome = null,
    string? Deadline = null,
    JobConsent? Consent = null,
    string? ContinueFrom = null,
    IReadOnlyList<string>? Videos = null,
    IReadOnlyList<string>? Faces = null,
    OutputBody? Output = null)
{
    /// <summary>The addresses of the media that are for one thing, as the body names them.</summary>
    public IReadOnlyList<string> AddressesOf(MediaRole role)
    {
        var (one, several) = role switch
        {
            MediaRole.Video => (Video, Videos),
            MediaRole.Face => (Face, Faces),
            _ => (Audio, null),
        };
        return [.. one is null ? [] : new[] { one }, .. several ?? []];
    }

    /// <summary>The body with these addresses for one thing, as it would have named them itself.</summary>
    public JobBody With(MediaRole role, IReadOnlyList<string> addresses) => (role, addresses) switch
    {
        (MediaRole.Video, [var one]) => this with { Video = one },
        (MediaRole.Video, _) => this with { Videos = addresses },
        (MediaRole.Face, [var one]) => this with { Face = one },
        (MediaRole.Face, _) => this with { Faces = addresses },
        _ => this with { Audio = addresses[0] },
    };
}

/// <summary>What a result is to be: what the backend renders.</summary>
/// <param name="Format"><c>mp4</c>, which is the default: the backend renders nothing else.</param>
/// <param name="Quality"><c>high</c>, which is the default: the backend knows nothing else.</param>
public sealed record OutputBody(string? Format = null, string? Quality = null);

/// <summary>Who is told of the job.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Events">The types it hears of; default: all but those of progress.</param>
public sealed record WebhookBody(string? Url = null, IReadOnlyList<string>? Events = null);
