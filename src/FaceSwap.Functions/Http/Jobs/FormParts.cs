using FaceSwap.Errors;
using FaceSwap.Functions.Http.Edge;
using FaceSwap.Media;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FaceSwap.Functions.Http.Jobs;

/// <summary>The parts of a form as they arrive: <c>video</c>, <c>face</c>, <c>audio</c> and <c>request</c>, each at most once, in any order.</summary>
internal sealed class FormParts(string jobId, MediaStaging staging)
{
    private const int LongestAddress = 2048;
    private readonly HashSet<string> _seen = [];
    private JobBody _body = new();
    private string? _videoAddress;
    private string? _faceAddress;
    private string? _audioAddress;
    private StagedMedia? _video;
    private StagedMedia? _face;
    private StagedMedia? _audio;

    public IEnumerable<StagedMedia> Staged => new[] { _video, _face, _audio }.OfType<StagedMedia>();

    public async Task AddAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var header))
        {
            throw new FaceSwapException(
                ErrorCodes.InvalidRequest, "A part of the form has no Content-Disposition that can be read, such as: form-data; name=\"video\"; filename=\"clip.mp4\".");
        }

        var name = HeaderUtilities.RemoveQuotes(header.Name).Value ?? "";
        if (!_seen.Add(name))
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, $"The form has more than one part '{Shorten(name)}'.");
        }

        switch (name, header.IsFileDisposition())
        {
            case ("video", true):
                _video = await staging.StageAsync(jobId, MediaRole.Video, section.Body, cancellationToken);
                break;
            case ("face", true):
                _face = await staging.StageAsync(jobId, MediaRole.Face, section.Body, cancellationToken);
                break;
            case ("audio", true):
                _audio = await staging.StageAsync(jobId, MediaRole.Audio, section.Body, cancellationToken);
                break;
            case ("video", false):
                _videoAddress = await ReadTextAsync(section, cancellationToken);
                break;
            case ("face", false):
                _faceAddress = await ReadTextAsync(section, cancellationToken);
                break;
            case ("audio", false):
                _audioAddress = await ReadTextAsync(section, cancellationToken);
                break;
            case ("request", _):
                _body = await JsonBodyReader.ReadAsync(section.Body, JobsApiJson.Default.JobBody, cancellationToken);
                break;
            default:
                throw new FaceSwapException(ErrorCodes.InvalidRequest, $"The form's part '{Shorten(name)}' is none of 'video', 'face', 'audio', 'request'.");
        }
    }

    /// <exception cref="FaceSwapException">An address is given twice: as a part, and in <c>request</c>.</exception>
    public Submitted ToSubmitted()
    {
        var body = _body with
        {
            Video = OneOf("video", _videoAddress, _body.Video),
            Face = OneOf("face", _faceAddress, _body.Face),
            Audio = OneOf("audio", _audioAddress, _body.Audio),
        };
        return new Submitted(body, _video, _face, _audio);
    }

    // Which of two is meant cannot be told.
    private static string? OneOf(string name, string? part, string? field) => part is null || field is null
        ? part ?? field
        : throw new FaceSwapException(ErrorCodes.InvalidRequest, $"'{name}' is given twice: as a part of the form and in 'request'.");

    private static async Task<string> ReadTextAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var buffer = new byte[LongestAddress + 1];
        var length = await section.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string Shorten(string name) => name.Length <= 32 ? name : $"{name[..32]}…";
}
