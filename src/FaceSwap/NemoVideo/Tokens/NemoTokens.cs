using FaceSwap.Errors;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>The token that calls carry: the configured one, or an anonymous one that all instances share and renew.</summary>
public sealed class NemoTokens(AnonymousTokenStore store, AnonymousTokenClient client, IOptions<NemoOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _gate = new(1);
    private NemoToken? _current = options.Value.Token is { Length: > 0 } configured
        ? new NemoToken(configured, NemoToken.FingerprintOf("user", configured), null)
        : null;

    /// <summary>The token to use now.</summary>
    public async Task<NemoToken> GetAsync(CancellationToken cancellationToken) =>
        _current is { } token && IsFresh(token.ExpiresAt) ? token : await ReplaceAsync(_current, cancellationToken);

    /// <summary>A token in place of one that the backend no longer takes; renewed with the same client id.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.TokenRejected"/>: the token is a configured one.</exception>
    public Task<NemoToken> RenewAsync(NemoToken rejected, CancellationToken cancellationToken) =>
        options.Value.Token is { Length: > 0 }
            ? throw new FaceSwapException(ErrorCodes.TokenRejected, "The backend does not take the configured token.")
            : ReplaceAsync(rejected, cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task<NemoToken> ReplaceAsync(NemoToken? rejected, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } token && token.Value != rejected?.Value)
            {
                return token;
            }

            var anonymous = await SharedAsync(rejected, cancellationToken) ?? await RequestAsync(rejected, cancellationToken);
            return _current = new NemoToken(anonymous.Token, NemoToken.FingerprintOf("anon", anonymous.ClientId), anonymous.ExpiresAt, anonymous.UserId);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The stored token, when another instance has renewed it or this one was restarted.</summary>
    private async Task<AnonymousToken?> SharedAsync(NemoToken? rejected, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(cancellationToken);
        return stored is not null && stored.Token != rejected?.Value && IsFresh(stored.ExpiresAt) ? stored : null;
    }

    private async Task<AnonymousToken> RequestAsync(NemoToken? rejected, CancellationToken cancellationToken)
    {
        AnonymousToken token;
        try
        {
            token = await client.RequestAsync(await store.ClientIdAsync(cancellationToken), cancellationToken);
        }
        catch (FaceSwapException e) when (e.Code == ErrorCodes.RateLimited)
        {
            // Either another instance was first, or the answer to our own earlier request was lost on the way.
            if (await SharedAsync(rejected, cancellationToken) is { } shared)
            {
                return shared;
            }

            if (await store.ReadAsync(cancellationToken) is not null)
            {
                throw;
            }

            await store.ReplaceClientIdAsync(cancellationToken);
            token = await client.RequestAsync(await store.ClientIdAsync(cancellationToken), cancellationToken);
        }

        await store.WriteAsync(token, cancellationToken);
        return token;
    }

    private bool IsFresh(DateTimeOffset? expiresAt) => expiresAt is null || expiresAt - RenewBefore > time.GetUtcNow();
}
