using FaceSwap.Errors;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Jobs;
using FaceSwap.Media;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>The parts of a form as they arrive, in any order: <c>video</c> and <c>face</c>, of which there may be several, <c>audio</c> and <c>request</c>.</summary>
internal sealed class FormParts(string jobId, MediaStaging staging)
{
    private const int LongestAddress = 2048;
    private static readonly Dictionary<string, MediaRole> Roles = new() { ["video"] = MediaRole.Video, ["face"] = MediaRole.Face, ["audio"] = MediaRole.Audio };

    private readonly List<SubmittedMedia> _media = [];
    private JobBody? _body;

    public IEnumerable<StagedMedia> Staged => _media.Select(media => media.Staged).OfType<StagedMedia>();

    public async Task AddAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var header))
        {
            throw new FaceSwapException(
                ErrorCodes.InvalidRequest, "A part of the form has no Content-Disposition that can be read, such as: form-data; name=\"video\"; filename=\"clip.mp4\".");
        }

        var name = HeaderUtilities.RemoveQuotes(header.Name).Value ?? "";
        if (Roles.TryGetValue(name, out var role))
        {
            await AddAsync(role, name, header.IsFileDisposition(), section, cancellationToken);
        }
        else if (name != "request")
        {
            throw Refused($"The form's part '{Shorten(name)}' is none of 'video', 'face', 'audio', 'request'.");
        }
        else if (_body is not null)
        {
            throw Refused("The form has more than one part 'request'.");
        }
        else
        {
            _body = await JsonBodyReader.ReadAsync(section.Body, JobsApiJson.Default.JobBody, cancellationToken);
        }
    }

    /// <exception cref="FaceSwapException">Media are given twice: as a part, and in <c>request</c>.</exception>
    public Submitted ToSubmitted()
    {
        var body = _body ?? new JobBody();
        foreach (var (name, role) in Roles)
        {
            var parts = _media.Where(media => media.Role == role).ToArray();
            if (parts.Length > 0 && body.AddressesOf(role).Count > 0)
            {
                // Which of two is meant cannot be told.
                throw Refused($"'{name}' is given twice: as a part of the form and in 'request'.");
            }

            // An address is the same wherever it stands.
            if (parts.Length > 0 && parts.All(media => media.Staged is null))
            {
                body = body.With(role, [.. parts.Select(media => media.Address!)]);
                _media.RemoveAll(media => media.Role == role);
            }
        }

        return new Submitted(body, _media);
    }

    private async Task AddAsync(MediaRole role, string name, bool isFile, MultipartSection section, CancellationToken cancellationToken)
    {
        var number = _media.Count(media => media.Role == role) + 1;
        var most = role == MediaRole.Audio ? 1 : SubmissionRules.MostOfOneKind;
        if (number > most)
        {
            throw Refused($"The form has more than {most} of the parts '{name}'.");
        }

        _media.Add(isFile
            ? new SubmittedMedia(role, null, await staging.StageAsync(jobId, role, section.Body, cancellationToken, MediaSource.NameOf(role, number)))
            : new SubmittedMedia(role, await ReadTextAsync(section, cancellationToken), null));
    }

    private static async Task<string> ReadTextAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestAddress + 1];
        var length = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static FaceSwapException Refused(string detail) => new(ErrorCodes.InvalidRequest, detail);

    private static string Shorten(string name) => name.Length <= 32 ? name : $"{name[..32]}…";
}
