using System.Text;
using System.Text.Json;
using FaceSwap.Keys;
using FaceSwap.Storage;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>What all instances of the app share: the client id, and the anonymous token sealed with the master key.</summary>
public sealed class AnonymousTokenStore(BlobStore store, MasterKey master, TimeProvider time)
{
    private readonly SealedBox _box = new(master, "anonymous-token");

    /// <summary>The client id, made by whichever instance comes first and kept from then on.</summary>
    public async Task<string> ClientIdAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(JobPaths.ClientId, cancellationToken) is { } existing)
        {
            return Encoding.ASCII.GetString(existing);
        }

        await store.TryCreateAsync(JobPaths.ClientId, NewClientId(), cancellationToken);
        return await ClientIdAsync(cancellationToken);
    }

    /// <summary>Gives up a client id whose token was lost: the backend gives each id one token in seven days.</summary>
    public Task ReplaceClientIdAsync(CancellationToken cancellationToken) =>
        store.WriteAsync(JobPaths.ClientId, NewClientId(), cancellationToken);

    internal async Task<AnonymousToken?> ReadAsync(CancellationToken cancellationToken)
    {
        var sealedBytes = await store.ReadAsync(JobPaths.AnonymousToken, cancellationToken);
        var plain = sealedBytes is null ? null : _box.Open(sealedBytes);
        return plain is null ? null : JsonSerializer.Deserialize(plain, TokenJson.Default.AnonymousToken);
    }

    internal Task WriteAsync(AnonymousToken token, CancellationToken cancellationToken) =>
        store.WriteAsync(
            JobPaths.AnonymousToken,
            _box.Seal(JsonSerializer.SerializeToUtf8Bytes(token, TokenJson.Default.AnonymousToken)),
            cancellationToken);

    private byte[] NewClientId() => Encoding.ASCII.GetBytes(Guid.CreateVersion7(time.GetUtcNow()).ToString());
}
