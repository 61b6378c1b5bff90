using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Microsoft.Extensions.Options;

namespace FaceSwap.Storage;

/// <summary>Short-lived addresses to one blob: signed by the user-delegation key of the app's identity, locally by the account key.</summary>
public sealed class BlobLinks(BlobServiceClient service, BlobStore store, IOptions<StorageOptions> options, TimeProvider time)
{
    // A clock that runs a little behind must not find a fresh link not yet valid.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>An address that reads this blob, and nothing else, until the link's lifetime is over.</summary>
    public Task<BlobLink> ReadLinkAsync(string path, CancellationToken cancellationToken) =>
        LinkAsync(path, BlobSasPermissions.Read, options.Value.LinkLifetime, cancellationToken);

    /// <summary>An address that writes this blob, as a whole or by blocks, and does nothing else, until so much time has passed.</summary>
    public Task<BlobLink> WriteLinkAsync(string path, TimeSpan lifetime, CancellationToken cancellationToken) =>
        LinkAsync(path, BlobSasPermissions.Create | BlobSasPermissions.Write, lifetime, cancellationToken);

    private async Task<BlobLink> LinkAsync(string path, BlobSasPermissions permissions, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var blob = store.Blob(path);
        var now = time.GetUtcNow();
        var expires = now + lifetime;
        var sas = new BlobSasBuilder(permissions, expires)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Resource = "b",
            StartsOn = now - ClockSkew,
        };
        if (blob.CanGenerateSasUri)
        {
            return new BlobLink(blob.GenerateSasUri(sas), expires);
        }

        UserDelegationKey key = await service.GetUserDelegationKeyAsync(sas.StartsOn, expires, cancellationToken);
        var address = new BlobUriBuilder(blob.Uri) { Sas = sas.ToSasQueryParameters(key, service.AccountName) };
        return new BlobLink(address.ToUri(), expires);
    }
}

/// <summary>A signed address to one blob and the moment it stops working.</summary>
public sealed record BlobLink(Uri Address, DateTimeOffset ExpiresAt);
