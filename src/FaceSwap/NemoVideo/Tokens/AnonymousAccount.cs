using FaceSwap.Errors;
using Microsoft.Extensions.Options;

namespace FaceSwap.NemoVideo.Tokens;

/// <summary>Gets the shared anonymous account a token: what another instance got already, or a new one from the backend.</summary>
/// <remarks>
/// The backend gives a client one token in seven days, and refuses any further request. So a request is written down before it
/// is made: if its answer is lost, the refusals that follow are recognised as its consequence, and another client id, which has
/// an account and credits of its own, takes the place of the one that could not be used for a week.
/// </remarks>
public sealed class AnonymousAccount(AnonymousTokenStore store, AnonymousTokenClient client, IOptions<NemoOptions> options, TimeProvider time)
{
    // The backend limits the clients of an address as well: five an hour by one of its documents.
    private static readonly TimeSpan BetweenReplacements = TimeSpan.FromHours(1);
    private readonly string _instance = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>A token other than the one that is given up: one that another instance got meanwhile, or a new one.</summary>
    /// <param name="givenUp">The value of the token that is refused or about to end; null where there is none yet.</param>
    /// <param name="isUsable">Whether that token still works: then nothing is waited for, and no client id is given up.</param>
    /// <param name="isFresh">Whether a token that ends at this moment is worth using.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.RateLimited"/>: the backend gives no token now.</exception>
    internal async Task<AnonymousToken> RenewAsync(
        string? givenUp, bool isUsable, Func<DateTimeOffset?, bool> isFresh, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (known, version) = await store.ReadAsync(cancellationToken);
            if (IsAnother(known))
            {
                return known!;
            }

            var before = known ?? new AnonymousToken(NewId(), "", "", default);
            var asking = before.AskedAt is null ? before with { AskedAt = time.GetUtcNow(), AskedBy = _instance } : before;
            if (!await store.TryWriteAsync(asking, version, cancellationToken))
            {
                // Another instance was faster: what it wrote decides.
                continue;
            }

            try
            {
                return await AskAsync(asking, isPatient: !isUsable, cancellationToken);
            }
            catch (FaceSwapException e) when (e.Code == ErrorCodes.RateLimited)
            {
                var (now, current) = await store.ReadAsync(cancellationToken);
                if (IsAnother(now))
                {
                    return now!;
                }

                if (isUsable)
                {
                    // It was refused because of the token that still works, so no answer was lost.
                    await store.TryWriteAsync(before, current, cancellationToken);
                    throw;
                }

                if (now is null || !HasLostItsToken(before) || !MayReplace(now))
                {
                    throw;
                }

                var replaced = now with { ClientId = NewId(), AskedAt = time.GetUtcNow(), AskedBy = _instance, ReplacedAt = time.GetUtcNow() };
                if (await store.TryWriteAsync(replaced, current, cancellationToken))
                {
                    return await AskAsync(replaced, isPatient: false, cancellationToken);
                }
            }
        }

        bool IsAnother(AnonymousToken? known) => known is { Token.Length: > 0 } && known.Token != givenUp && isFresh(known.ExpiresAt);
    }

    private async Task<AnonymousToken> AskAsync(AnonymousToken asking, bool isPatient, CancellationToken cancellationToken)
    {
        var given = await client.RequestAsync(asking.ClientId, isPatient, cancellationToken);
        var token = given with { ReplacedAt = asking.ReplacedAt };
        await store.WriteAsync(token, cancellationToken);
        return token;
    }

    // A request of another instance may be under way yet; of the very first one, nobody's token depends on it.
    private bool HasLostItsToken(AnonymousToken before) =>
        before.AskedAt is { } since && (before.Token.Length == 0 || before.AskedBy == _instance || time.GetUtcNow() - since > LongestRequest);

    private bool MayReplace(AnonymousToken known) => known.ReplacedAt is not { } last || time.GetUtcNow() - last > BetweenReplacements;

    // Two tries and the wait between them.
    private TimeSpan LongestRequest => (2 * options.Value.RequestTimeout) + options.Value.RateLimitWait;

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
