using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using FaceSwap.Errors;

namespace FaceSwap.Storage;

/// <summary>Marks, which are empty blobs that carry facts as metadata, and counters.</summary>
public sealed class BlobMarks(BlobContainerClient container)
{
    private static readonly byte[] One = [1];

    /// <summary>Creates or replaces a mark.</summary>
    public Task WriteAsync(string path, IDictionary<string, string> facts, CancellationToken cancellationToken) =>
        container.GetBlobClient(path).UploadAsync(BinaryData.Empty, new BlobUploadOptions { Metadata = facts }, cancellationToken);

    /// <summary>The facts of a mark; null when there is none.</summary>
    public async Task<IDictionary<string, string>?> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await container.PropertiesAsync(path, cancellationToken))?.Metadata;

    /// <summary>The marks under a prefix with their facts, in ordinal order.</summary>
    public async IAsyncEnumerable<(string Path, IDictionary<string, string> Facts)> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new GetBlobsOptions { Prefix = prefix, Traits = BlobTraits.Metadata };
        await foreach (var item in container.GetBlobsAsync(options, cancellationToken))
        {
            yield return (item.Name, item.Metadata);
        }
    }

    /// <summary>One page of the marks under a prefix with their facts, in ordinal order.</summary>
    /// <param name="prefix">The beginning of the names.</param>
    /// <param name="cursor">Where the page before ended, or null for the first.</param>
    /// <param name="size">How many marks at most, up to 5,000.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>: the cursor is none.</exception>
    public async Task<MarkPage> PageAsync(string prefix, string? cursor, int size, CancellationToken cancellationToken)
    {
        var page = await container.PageAsync(new GetBlobsOptions { Prefix = prefix, Traits = BlobTraits.Metadata }, cursor, size, cancellationToken);
        return new MarkPage([.. page.Values.Select(item => (item.Name, item.Metadata))], page.Cursor());
    }

    /// <summary>Increments a counter by one. Concurrent calls are all counted.</summary>
    /// <param name="path">The counter: a blob that grows by a byte each time, 50,000 times at most.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Which one this was, from 1.</returns>
    public async Task<int> CountAsync(string path, CancellationToken cancellationToken)
    {
        var counter = container.GetAppendBlobClient(path);
        while (true)
        {
            try
            {
                using var one = new MemoryStream(One);
                var answer = await counter.AppendBlockAsync(one, cancellationToken: cancellationToken);
                return int.Parse(answer.Value.BlobAppendOffset, CultureInfo.InvariantCulture) + 1;
            }
            catch (RequestFailedException e) when (e.Status == 404 && !StorageFailures.IsOfTheContainer(e))
            {
                await counter.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
        }
    }
}

/// <summary>One page of marks.</summary>
/// <param name="Marks">Their paths and facts, in ordinal order.</param>
/// <param name="Cursor">Where the next page begins; null: this is the last.</param>
public sealed record MarkPage(IReadOnlyList<(string Path, IDictionary<string, string> Facts)> Marks, string? Cursor);
