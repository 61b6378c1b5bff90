using System.Net;
using System.Net.Http.Headers;
using FaceSwap.Media;
using FaceSwap.Storage;

namespace FaceSwap.NemoVideo.Sessions;

/// <summary>Staged media as a part of a request: streamed from Blob Storage when it is sent, its length known before.</summary>
/// <remarks>With every part's length the request carries its own: gateways exist that refuse or buffer bodies without.</remarks>
internal sealed class StagedContent : HttpContent
{
    private readonly BlobStore _store;
    private readonly StagedMedia _media;

    public StagedContent(BlobStore store, StagedMedia media)
    {
        (_store, _media) = (store, media);
        Headers.ContentType = new MediaTypeHeaderValue(media.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await using var blob = await _store.OpenReadAsync(_media.Blob, cancellationToken);
            await blob.CopyToAsync(stream, cancellationToken);
        }
        catch (Exception e) when (e is not IOException && StorageFailures.IsAway(e, cancellationToken))
        {
            // To the request it is a body that breaks off; whether anything arrived is for the caller to find out.
            throw new IOException("The media could not be read to its end.", e);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _media.Size;
        return true;
    }
}
