using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FaceSwap.Errors;

namespace FaceSwap.Storage;

/// <summary>The app's container: media as streams, small documents as JSON, and the create-once writes that ledgers rest on.</summary>
public sealed class BlobStore(BlobContainerClient container)
{
    private const int MostUpdateAttempts = 20;
    private const int ParallelDeletes = 4;

    // Blocks of 4 MiB, two at a time: a transfer holds about 8 MiB, whatever the file's size.
    private static readonly StorageTransferOptions Transfer = new()
    {
        InitialTransferSize = 4 * 1024 * 1024,
        MaximumTransferSize = 4 * 1024 * 1024,
        MaximumConcurrency = 2,
    };

    /// <summary>Marks and counters.</summary>
    public BlobMarks Marks { get; } = new(container);

    public BlobClient Blob(string path) => container.GetBlobClient(path);

    public Task EnsureContainerAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Whether the container answers and exists.</summary>
    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken) => await container.ExistsAsync(cancellationToken);

    /// <summary>Stores a stream of unknown length; nothing is visible before the last byte has arrived.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="content">The stream.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="facts">What is noted with it, or null.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task UploadAsync(
        string path, Stream content, string contentType, IDictionary<string, string>? facts, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            TransferOptions = Transfer,
            Metadata = facts,
        };
        await Blob(path).UploadAsync(content, options, cancellationToken);
    }

    public async Task<Stream> OpenReadAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await Blob(path).DownloadStreamingAsync(cancellationToken: cancellationToken);
        return answer.Value.Content;
    }

    public async Task<bool> ExistsAsync(string path, CancellationToken cancellationToken) => await Blob(path).ExistsAsync(cancellationToken);

    /// <summary>The size of a blob in bytes, or null when there is none.</summary>
    public async Task<long?> SizeAsync(string path, CancellationToken cancellationToken) =>
        (await container.PropertiesAsync(path, cancellationToken))?.ContentLength;

    /// <summary>The bytes of a small document, or null when there is none.</summary>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Blob(path).DownloadContentAsync(cancellationToken);
            return answer.Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task<T?> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var bytes = await ReadAsync(path, cancellationToken);
        return bytes is null ? null : JsonSerializer.Deserialize(bytes, type);
    }

    public Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken) =>
        Blob(path).UploadAsync(BinaryData.FromBytes(content), overwrite: true, cancellationToken);

    public Task WriteAsync<T>(string path, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        WriteAsync(path, JsonSerializer.SerializeToUtf8Bytes(document, type), cancellationToken);

    /// <summary>Writes a document unless it exists; of any number of callers exactly one gets true.</summary>
    public Task<bool> TryCreateAsync(string path, byte[] content, CancellationToken cancellationToken) =>
        TryUploadAsync(path, content, new BlobRequestConditions { IfNoneMatch = ETag.All }, cancellationToken);

    public Task<bool> TryCreateAsync<T>(string path, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(document, type), cancellationToken);

    /// <summary>Reads a document with its version, for a replacement that must not overwrite another's.</summary>
    public async Task<Versioned<T>> ReadVersionedAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var answer = await Blob(path).DownloadContentAsync(cancellationToken);
            return new Versioned<T>(JsonSerializer.Deserialize(answer.Value.Content, type), answer.Value.Details.ETag);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new Versioned<T>(null, null);
        }
    }

    /// <summary>Replaces a document if it is still as it was read; false when another came between.</summary>
    public async Task<bool> TryReplaceAsync<T>(
        string path, T document, ETag? version, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var conditions = version is { } read ? new BlobRequestConditions { IfMatch = read } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        return await TryUploadAsync(path, JsonSerializer.SerializeToUtf8Bytes(document, type), conditions, cancellationToken);
    }

    /// <summary>Changes a document, or makes it, without losing a change that somebody else makes at the same time.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="type">Its JSON.</param>
    /// <param name="change">Makes the changed document from the one that is there (null: none); null leaves all as it is. It may run more than once.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.StorageUnavailable"/>: others were faster every time.</exception>
    public async Task UpdateAsync<T>(string path, JsonTypeInfo<T> type, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 0; attempt < MostUpdateAttempts; attempt++)
        {
            var (current, version) = await ReadVersionedAsync(path, type, cancellationToken);
            if (change(current) is not { } changed || await TryReplaceAsync(path, changed, version, type, cancellationToken))
            {
                return;
            }
        }

        throw new FaceSwapException(ErrorCodes.StorageUnavailable, "The document is changed by too many at the same time.");
    }

    /// <summary>One page of the names under a prefix, in ordinal order.</summary>
    /// <param name="prefix">The beginning of the names.</param>
    /// <param name="cursor">Where the page before ended, or null for the first.</param>
    /// <param name="size">How many names at most, up to 5,000.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: the cursor is none.</exception>
    public async Task<NamePage> ListPageAsync(string prefix, string? cursor, int size, CancellationToken cancellationToken)
    {
        var page = await container.PageAsync(new GetBlobsOptions { Prefix = prefix }, cursor, size, cancellationToken);
        return new NamePage([.. page.Values.Select(item => item.Name)], page.Cursor());
    }

    /// <summary>The names under a prefix, in ordinal order.</summary>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
        {
            yield return item.Name;
        }
    }

    /// <summary>The folders directly under a prefix, in ordinal order, without what stands around their names.</summary>
    public async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsByHierarchyOptions { Prefix = prefix, Delimiter = "/" };
        await foreach (var item in container.GetBlobsByHierarchyAsync(options, cancellationToken))
        {
            if (item.IsPrefix)
            {
                yield return item.Prefix[prefix.Length..^1];
            }
        }
    }

    /// <summary>The names under a prefix of what was last written before a moment, in ordinal order.</summary>
    public async IAsyncEnumerable<string> ListOlderAsync(string prefix, DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken))
        {
            if (item.Properties.LastModified < before)
            {
                yield return item.Name;
            }
        }
    }

    private async Task<bool> TryUploadAsync(
        string path, byte[] content, BlobRequestConditions conditions, CancellationToken cancellationToken)
    {
        try
        {
            await Blob(path).UploadAsync(BinaryData.FromBytes(content), new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412 && !StorageFailures.IsOfTheContainer(e))
        {
            return false;
        }
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        Blob(path).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Deletes all that lies under a prefix.</summary>
    public Task DeleteUnderAsync(string prefix, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ParallelDeletes, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(ListAsync(prefix, cancellationToken), parallel, async (path, cancellation) => await DeleteAsync(path, cancellation));
    }
}

/// <summary>A document together with the version it was read at; a replacement succeeds only if no other came between.</summary>
/// <param name="Document">The content; null when there is none yet.</param>
/// <param name="Version">The version; null when there is none yet.</param>
public sealed record Versioned<T>(T? Document, ETag? Version)
    where T : class;
