using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using FaceSwap.Keys;
using FaceSwap.Storage;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>Keeps the anonymous account where all instances of the app find it, sealed with the master key.</summary>
public sealed class AnonymousTokenStore(BlobStore store, MasterKey master)
{
    private readonly SealedBox _box = new(master, "anonymous-token");

    /// <summary>The account with its version; no account where there is none, or where it was sealed with another key.</summary>
    internal async Task<(AnonymousToken? Known, ETag? Version)> ReadAsync(CancellationToken cancellationToken)
    {
        var (sealedBytes, version) = await store.ReadVersionedAsync(JobPaths.AnonymousToken, TokenJson.Default.ByteArray, cancellationToken);
        var plain = sealedBytes is null ? null : _box.Open(sealedBytes);
        return (plain is null ? null : JsonSerializer.Deserialize(plain, TokenJson.Default.AnonymousToken), version);
    }

    /// <summary>Replaces the account as it was read; false when another instance changed it since.</summary>
    internal Task<bool> TryWriteAsync(AnonymousToken token, ETag? version, CancellationToken cancellationToken) =>
        store.TryReplaceAsync(JobPaths.AnonymousToken, Seal(token), version, TokenJson.Default.ByteArray, cancellationToken);

    private byte[] Seal(AnonymousToken token) => _box.Seal(JsonSerializer.SerializeToUtf8Bytes(token, TokenJson.Default.AnonymousToken));
}

[JsonSerializable(typeof(AnonymousToken))]
[JsonSerializable(typeof(byte[]))]
internal sealed partial class TokenJson : JsonSerializerContext;
