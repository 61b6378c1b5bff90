using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FaceSwap.Errors;

namespace FaceSwap.Storage;

/// <summary>Finds and lists the blobs of the container.</summary>
internal static class Listing
{
    /// <summary>The properties of a blob; null when there is none.</summary>
    public static async Task<BlobProperties?> PropertiesAsync(this BlobContainerClient container, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await container.GetBlobClient(path).GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404 && !StorageFailures.IsOfTheContainer(e))
        {
            return null;
        }
    }

    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: the cursor is none.</exception>
    public static async Task<Page<BlobItem>> PageAsync(this BlobContainerClient container, GetBlobsOptions options, string? cursor, int size, CancellationToken cancellationToken)
    {
        try
        {
            return await container.GetBlobsAsync(options, cancellationToken).AsPages(cursor, size).FirstAsync(cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 400 && cursor is not null)
        {
            throw new FaceSwapException(ErrorCodes.InvalidRequest, "The cursor is none that a page came with.", inner: e);
        }
    }

    /// <summary>Where the next page begins; null: this is the last.</summary>
    public static string? Cursor(this Page<BlobItem> page) => page.ContinuationToken is { Length: > 0 } next ? next : null;
}

/// <summary>One page of a listing.</summary>
/// <param name="Names">The names, in ordinal order.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record NamePage(IReadOnlyList<string> Names, string? Cursor);
