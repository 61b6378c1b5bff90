using System.Net;
using Azure;
using FaceSwap.Errors;
using FaceSwap.Network;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Media;

/// <summary>Brings media into the app's container: as a stream, its format decided by its first bytes, never held as a whole.</summary>
public sealed class MediaStaging(BlobStore store, MediaLibrary library, GuardedHttp http, AddressGuard guard, IOptions<MediaOptions> options, TimeProvider time)
{
    // Whoever comes by a finished video alone is told what it is.
    private static readonly Dictionary<string, string> Synthetic = new() { ["synthetic"] = "true" };

    /// <summary>Stores a stream as a job's media. When it is refused, nothing of it remains.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.UnsupportedFormat"/> or <see cref="ErrorCodes.MediaTooLarge"/>.</exception>
    /// <param name="jobId">The job.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="content">The stream.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="name">What it goes by, without its extension, made by the app; null: what it is for.</param>
    public async Task<StagedMedia> StageAsync(string jobId, MediaRole role, Stream content, CancellationToken cancellationToken, string? name = null)
    {
        var (start, format) = await BeginAsync(role, content, cancellationToken);
        var fileName = $"{name ?? (role == MediaRole.Result ? "video" : Name(role))}.{format.Extension}";
        var path = role == MediaRole.Result ? JobPaths.Result(jobId) : JobPaths.Input(jobId, fileName);
        using var measured = new MeasuredStream(content, start, options.Value.MaxBytes);
        await store.UploadAsync(path, measured, format.ContentType, role == MediaRole.Result ? Synthetic : null, cancellationToken);
        return new StagedMedia(path, fileName, format.ContentType, measured.Count, measured.FinishHash());
    }

    /// <summary>Fetches an address and stores what it answers.</summary>
    /// <exception cref="FaceSwapException">As <see cref="StageAsync"/>, or <see cref="ErrorCodes.MediaUnreachable"/>, <see cref="ErrorCodes.AddressRefused"/>.</exception>
    public Task<StagedMedia> FetchAsync(string jobId, MediaRole role, string address, CancellationToken cancellationToken, string? name = null) =>
        OpenAsync(role, address, (body, token) => StageAsync(jobId, role, body, token, name), cancellationToken);

    /// <summary>Looks at the beginning of what an address answers, and stores nothing.</summary>
    /// <returns>Its format.</returns>
    /// <exception cref="FaceSwapException">As <see cref="FetchAsync"/>; a file whose size its server does not say may prove too large later.</exception>
    public Task<MediaFormat> ProbeAsync(MediaRole role, string address, CancellationToken cancellationToken) =>
        OpenAsync(role, address, async (body, token) => (await BeginAsync(role, body, token)).Format, cancellationToken);

    /// <summary>Takes a file over that a caller uploaded before.</summary>
    /// <param name="upload">Its blob.</param>
    /// <exception cref="FaceSwapException">As <see cref="StageAsync"/>, or <see cref="ErrorCodes.UploadNotFound"/>: it is gone.</exception>
    public Task<StagedMedia> TakeAsync(string jobId, MediaRole role, string upload, CancellationToken cancellationToken, string? name = null) =>
        OpenUploadAsync(upload, body => StageAsync(jobId, role, body, cancellationToken, name), cancellationToken);

    /// <summary>Looks at the beginning of a file that a caller uploaded, and stores nothing.</summary>
    /// <returns>Its format.</returns>
    /// <exception cref="FaceSwapException">As <see cref="TakeAsync"/>.</exception>
    public Task<MediaFormat> ProbeUploadAsync(MediaRole role, string upload, CancellationToken cancellationToken) =>
        OpenUploadAsync(upload, async body => (await BeginAsync(role, body, cancellationToken)).Format, cancellationToken);

    /// <summary>Takes a file of the library over.</summary>
    /// <param name="path">Where it lies.</param>
    /// <exception cref="FaceSwapException">As <see cref="StageAsync"/>, or <see cref="ErrorCodes.BlobNotFound"/>: it is gone.</exception>
    public async Task<StagedMedia> TakeFromLibraryAsync(string jobId, MediaRole role, string path, CancellationToken cancellationToken, string? name = null)
    {
        await using var body = await library.OpenAsync(path, cancellationToken);
        return await StageAsync(jobId, role, body, cancellationToken, name);
    }

    /// <summary>Looks at the beginning of a file of the library, and stores nothing.</summary>
    /// <returns>Its format.</returns>
    /// <exception cref="FaceSwapException">As <see cref="TakeFromLibraryAsync"/>.</exception>
    public async Task<MediaFormat> ProbeLibraryAsync(MediaRole role, string path, CancellationToken cancellationToken)
    {
        await using var body = await library.OpenAsync(path, cancellationToken);
        return (await BeginAsync(role, body, cancellationToken)).Format;
    }

    private async Task<T> OpenUploadAsync<T>(string upload, Func<Stream, Task<T>> read, CancellationToken cancellationToken)
    {
        Stream body;
        try
        {
            body = await store.OpenReadAsync(upload, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            throw new FaceSwapException(ErrorCodes.UploadNotFound, "The uploaded file is not there any more.", inner: e);
        }

        await using (body)
        {
            return await read(body);
        }
    }

    private async Task<T> OpenAsync<T>(MediaRole role, string address, Func<Stream, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.FetchTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await http.GetAsync(guard.Parse(address), either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw Answered(role, response.StatusCode);
            }

            if (response.Content.Headers.ContentLength > options.Value.MaxBytes)
            {
                throw new FaceSwapException(ErrorCodes.MediaTooLarge, $"The {Name(role)} is larger than {options.Value.MaxBytes:N0} bytes.");
            }

            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await read(body, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(role, $"did not send the file within {options.Value.FetchTimeout.TotalSeconds:N0} s");
        }
        catch (IOException e)
        {
            throw Unreachable(role, "broke off before the file was complete", e);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(role, "broke off before the file was complete", e);
        }
    }

    /// <summary>Removes what was staged for a job that will not start.</summary>
    public async Task DiscardAsync(IEnumerable<StagedMedia> staged, CancellationToken cancellationToken)
    {
        foreach (var media in staged)
        {
            await store.DeleteAsync(media.Blob, cancellationToken);
        }
    }

    /// <summary>Removes all that was staged for a job.</summary>
    public Task DiscardAsync(string jobId, CancellationToken cancellationToken) => store.DeleteUnderAsync(JobPaths.Inputs(jobId), cancellationToken);

    private static async Task<(ReadOnlyMemory<byte> Start, MediaFormat Format)> BeginAsync(MediaRole role, Stream content, CancellationToken cancellationToken)
    {
        var start = new byte[MediaFormat.SniffBytes];
        var length = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return (start.AsMemory(0, length), Accept(role, MediaFormat.Detect(start.AsSpan(0, length)), length));
    }

    private static MediaFormat Accept(MediaRole role, MediaFormat? format, int length)
    {
        if (format is not null && format.Kind == KindOf(role))
        {
            return format;
        }

        var found = length == 0 ? "empty" : format is null ? "of no known media format" : $"of the format {format.Extension}";
        throw new FaceSwapException(ErrorCodes.UnsupportedFormat, $"The {Name(role)} is {found}.");
    }

    // What the caller's server refuses now it refuses in a minute too; its troubles pass.
    private static FaceSwapException Answered(MediaRole role, HttpStatusCode status) =>
        new(ErrorCodes.MediaUnreachable, $"The address of the {Name(role)} answered {(int)status}.")
        {
            Retryable = status >= HttpStatusCode.InternalServerError || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout,
        };

    private static FaceSwapException Unreachable(MediaRole role, string what, Exception? cause = null) =>
        new(ErrorCodes.MediaUnreachable, $"The address of the {Name(role)} {what}.", inner: cause);

    private static MediaKind KindOf(MediaRole role) => role switch
    {
        MediaRole.Face => MediaKind.Picture,
        MediaRole.Audio => MediaKind.Audio,
        _ => MediaKind.Video,
    };

    private static string Name(MediaRole role) => role switch
    {
        MediaRole.Face => "face",
        MediaRole.Video => "video",
        MediaRole.Audio => "audio",
        _ => "result",
    };
}

/// <summary>A media file in the app's container.</summary>
/// <param name="Blob">Its path in the container.</param>
/// <param name="FileName">The name it goes by at the backend; made by the app, never by a caller.</param>
/// <param name="ContentType">Its media type, as its content shows.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hex.</param>
public sealed record StagedMedia(string Blob, string FileName, string ContentType, long Size, string Sha256);
