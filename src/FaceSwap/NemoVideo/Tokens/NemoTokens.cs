using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>The token that calls carry: the configured one, or an anonymous one that all instances share and renew.</summary>
public sealed class NemoTokens(AnonymousAccount account, IOptions<NemoOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _gate = new(1);
    private DateTimeOffset _askAgainAt;
    private FaceSwapException? _refusal;
    private NemoToken? _current = options.Value.Token is { Length: > 0 } configured
        ? new NemoToken(configured, NemoToken.FingerprintOf("user", configured), null)
        : null;

    /// <summary>The token to use now.</summary>
    public async Task<NemoToken> GetAsync(CancellationToken cancellationToken) => _current switch
    {
        { } token when IsFresh(token.ExpiresAt) => token,
        { } token when token.ExpiresAt > time.GetUtcNow() => await RenewEarlyAsync(token, cancellationToken),
        var token => await ReplaceAsync(token, cancellationToken),
    };

    /// <summary>A token in place of one that the backend no longer takes; renewed with the same client id.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.TokenRejected"/>: the token is a configured one.</exception>
    public Task<NemoToken> RenewAsync(NemoToken rejected, CancellationToken cancellationToken) =>
        options.Value.Token is { Length: > 0 }
            ? throw new FaceSwapException(ErrorCodes.TokenRejected, "The backend does not take the configured token.")
            : ReplaceAsync(rejected, cancellationToken);

    public void Dispose() => _gate.Dispose();

    // The token still works: whatever becomes of its renewal, nobody fails with it, and only who asks waits for it.
    private async Task<NemoToken> RenewEarlyAsync(NemoToken current, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _askAgainAt || !await _gate.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return current;
        }

        try
        {
            return _current != current ? _current! : await TakeAsync(current, isUsable: true, cancellationToken);
        }
        catch (Exception e) when (e is FaceSwapException || StorageFailures.IsAway(e, cancellationToken))
        {
            _askAgainAt = time.GetUtcNow() + AskAgainAfter;
            return current;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<NemoToken> ReplaceAsync(NemoToken? rejected, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } token && token.Value != rejected?.Value)
            {
                return token;
            }

            // Those who queued behind a refusal hear of it, and do not each ask again; another instance may have got a token.
            if (_refusal is { } refused && time.GetUtcNow() < _askAgainAt)
            {
                if (await account.FindAsync(rejected?.Value, IsFresh, cancellationToken) is { } found)
                {
                    return Take(found);
                }

                throw new FaceSwapException(refused.Code, refused.Message, _askAgainAt - time.GetUtcNow(), refused);
            }

            return await TakeAsync(rejected, isUsable: false, cancellationToken);
        }
        catch (FaceSwapException refusal) when (refusal.Code == ErrorCodes.RateLimited && time.GetUtcNow() >= _askAgainAt)
        {
            _refusal = refusal;

            // Not for as long as the backend may say: by then another instance may have a token, or this client is given up.
            var asked = refusal.RetryAfter ?? options.Value.RateLimitWait;
            _askAgainAt = time.GetUtcNow() + (asked < AskAgainAfter ? asked : AskAgainAfter);
            throw;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<NemoToken> TakeAsync(NemoToken? givenUp, bool isUsable, CancellationToken cancellationToken) =>
        Take(await account.RenewAsync(givenUp?.Value, isUsable, IsFresh, cancellationToken));

    private NemoToken Take(AnonymousToken token)
    {
        _refusal = null;
        return _current = new NemoToken(token.Token, NemoToken.FingerprintOf("anon", token.ClientId), token.ExpiresAt, token.UserId);
    }

    private bool IsFresh(DateTimeOffset? expiresAt) => expiresAt is null || expiresAt - RenewBefore > time.GetUtcNow();
}
