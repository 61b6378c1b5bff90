using System.Collections.Concurrent;
using FaceSwap.Errors;
using FaceSwap.Jobs;
using FaceSwap.Media;
using FaceSwap.Webhooks;
using FaceSwap.Webhooks.Endpoints;

namespace FaceSwap.Functions.Jobs.Api;

/// <summary>Looks up what submissions name.</summary>
public sealed class SubmissionLookups(MediaStaging staging, MediaUploads uploads, MediaLibrary library, WebhookEndpoints webhooks)
{
    /// <summary>Lookups for one request: each upload, address and receiver once, however many submissions in it name it.</summary>
    public NamedThings Of(string caller) => new(caller, staging, uploads, library, webhooks);
}

/// <summary>What the submissions of one request name.</summary>
public sealed class NamedThings(string caller, MediaStaging staging, MediaUploads uploads, MediaLibrary library, WebhookEndpoints webhooks)
{
    private readonly ConcurrentDictionary<(MediaRole Role, string Id), Lazy<Task<NamedBlob>>> _blobs = [];
    private readonly ConcurrentDictionary<(string? Url, string Events), Lazy<Task<IReadOnlyList<WebhookTarget>>>> _targets = [];

    /// <summary>Who asks.</summary>
    public string Caller => caller;

    /// <summary>Where a file of a submission comes from. What an upload or a file of the library holds is known now; what an address holds, only when it is fetched.</summary>
    /// <exception cref="FaceSwapException">The file is not there, or cannot be used for this.</exception>
    public async Task<MediaSource> SourceAsync(SubmittedMedia media, CancellationToken cancellationToken)
    {
        var (role, address, staged) = media;
        return MediaUploads.IsId(address) ? new MediaSource(null, null, Upload: (await BlobAsync(role, address!, cancellationToken)).Path)
            : MediaLibrary.IsName(address) ? new MediaSource(null, null, Library: (await BlobAsync(role, address!, cancellationToken)).Path)
            : new MediaSource(address, staged);
    }

    /// <summary>The media type of what is named, by its content: an address is looked at.</summary>
    /// <exception cref="FaceSwapException">It is not there, or cannot be used for this.</exception>
    public async Task<string> TypeAsync(SubmittedMedia media, CancellationToken cancellationToken)
    {
        var (role, address, staged) = media;
        return MediaUploads.IsId(address) || MediaLibrary.IsName(address) ? (await BlobAsync(role, address!, cancellationToken)).ContentType
            : staged?.ContentType ?? (await staging.ProbeAsync(role, address!, cancellationToken)).ContentType;
    }

    /// <summary>Everybody who is to hear of a job, or a batch.</summary>
    public Task<IReadOnlyList<WebhookTarget>> TargetsAsync(WebhookBody? webhook, CancellationToken cancellationToken) => _targets.GetOrAdd(
        (webhook?.Url, webhook?.Events is null ? "" : string.Join(' ', webhook.Events)),
        _ => new(() => webhooks.TargetsAsync(caller, webhook?.Url, webhook?.Events, cancellationToken))).Value;

    private Task<NamedBlob> BlobAsync(MediaRole role, string id, CancellationToken cancellationToken) =>
        _blobs.GetOrAdd((role, id), _ => new(() => LookAsync(role, id, cancellationToken))).Value;

    private async Task<NamedBlob> LookAsync(MediaRole role, string id, CancellationToken cancellationToken)
    {
        try
        {
            if (MediaUploads.IsId(id))
            {
                var upload = await uploads.FindAsync(caller, id, cancellationToken);
                return new NamedBlob(upload, (await staging.ProbeUploadAsync(role, upload, cancellationToken)).ContentType);
            }

            var path = await library.FindAsync(caller, id, cancellationToken);
            return new NamedBlob(path, (await staging.ProbeLibraryAsync(role, path, cancellationToken)).ContentType);
        }
        catch (FaceSwapException e)
        {
            throw new FaceSwapException(e.Code, e.Message, e.RetryAfter, e) { Remedy = e.Remedy, Field = role.ToString().ToLowerInvariant() };
        }
    }

    private sealed record NamedBlob(string Path, string ContentType);
}
