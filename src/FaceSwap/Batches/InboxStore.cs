using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;

namespace FaceSwap.Batches;

/// <summary>The files that wait to become batches, and where they go afterwards.</summary>
public sealed class InboxStore(BlobServiceClient service, IOptions<BatchOptions> options, TimeProvider time)
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    private readonly BatchOptions _options = options.Value;

    /// <summary>The files that can be taken, in ordinal order of their names: those that nobody writes to any more.</summary>
    public async IAsyncEnumerable<InboxManifest> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inbox = service.GetBlobContainerClient(_options.InboxContainer);
        await inbox.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        await foreach (var blob in inbox.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            var properties = blob.Properties;
            if (properties is { LeaseState: not (LeaseState.Leased or LeaseState.Breaking), ETag: { } version, LastModified: { } at } && at <= time.GetUtcNow() - _options.InboxSettle)
            {
                yield return new InboxManifest(blob.Name, version, at, properties.ContentLength ?? 0);
            }
        }
    }

    /// <summary>The content of a file; null: this version of it is gone.</summary>
    public async Task<byte[]?> ReadAsync(InboxManifest manifest, CancellationToken cancellationToken)
    {
        try
        {
            var conditions = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = manifest.Version } };
            var answer = await service.GetBlobContainerClient(_options.InboxContainer).GetBlobClient(manifest.Name).DownloadContentAsync(conditions, cancellationToken);
            return answer.Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Moves a file whose batch has ended, with its results beside it.</summary>
    public Task FinishAsync(InboxManifest manifest, byte[] results, CancellationToken cancellationToken) =>
        MoveAsync(manifest, _options.DoneContainer, ".results.jsonl", results, cancellationToken);

    /// <summary>Moves a file that gives no batch, with what is wrong beside it.</summary>
    public Task RefuseAsync(InboxManifest manifest, byte[] problem, CancellationToken cancellationToken) =>
        MoveAsync(manifest, _options.FailedContainer, ".error.json", problem, cancellationToken);

    // The copy first: a move that died is done again, and changes nothing then. Of a file that is gone nothing is left beside it, either.
    private async Task MoveAsync(InboxManifest manifest, string to, string suffix, byte[] beside, CancellationToken cancellationToken)
    {
        var target = service.GetBlobContainerClient(to);
        await target.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var source = service.GetBlobContainerClient(_options.InboxContainer).GetBlobClient(manifest.Name);
        try
        {
            var content = await source.DownloadStreamingAsync(new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = manifest.Version } }, cancellationToken);
            await using (content.Value.Content)
            {
                await target.GetBlobClient($"{manifest.KeptAs}{suffix}").UploadAsync(BinaryData.FromBytes(beside), overwrite: true, cancellationToken);
                await target.GetBlobClient(manifest.KeptAs).UploadAsync(content.Value.Content, overwrite: true, cancellationToken);
            }

            await source.DeleteAsync(conditions: new BlobRequestConditions { IfMatch = manifest.Version }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Somebody took it away, or has put another one in its place, which is taken by itself.
        }
    }
}

/// <summary>A version of a file in the inbox.</summary>
/// <param name="Name">Its name in the container.</param>
/// <param name="Version">Its version.</param>
/// <param name="At">When that was written.</param>
/// <param name="Size">How large it is, in bytes.</param>
public sealed record InboxManifest(string Name, ETag Version, DateTimeOffset At, long Size)
{
    // With what is added when it is moved it stays below the limit of storage.
    private const int LongestName = 900;

    /// <summary>The id of the batch that it is.</summary>
    public string BatchId => BatchIds.OfManifest(Name, Version.ToString(), At);

    /// <summary>Its name when it is moved: with the time, so that a file of every day replaces none of another day's.</summary>
    public string KeptAs
    {
        get
        {
            // A name that would become too long is not kept.
            var folder = Name.LastIndexOf('/') + 1;
            var name = Name.Length <= LongestName ? Name[folder..] : $"{BatchId}{Path.GetExtension(Name)}";
            return string.Create(CultureInfo.InvariantCulture, $"{(Name.Length <= LongestName ? Name[..folder] : "")}{At.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{name}");
        }
    }
}
