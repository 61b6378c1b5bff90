using FaceSwap.Errors;
using FaceSwap.Storage;
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
    private const int MostTries = 20;

    // The backend limits the clients of an address as well: five an hour by one of its documents.
    private static readonly TimeSpan BetweenReplacements = TimeSpan.FromHours(1);

    // A token that the backend revoked, and that it counts all the same.
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
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
        for (var tries = 0; tries < MostTries; tries++)
        {
            var (known, version) = await store.ReadAsync(cancellationToken);
            if (IsAnother(known, givenUp, isFresh))
            {
                return known!;
            }

            var before = known ?? new AnonymousToken(NewId(), "", "", default);
            var asking = !IsRecent(before.AskedAt) ? before with { AskedAt = time.GetUtcNow(), AskedBy = _instance } : before;
            if (!await store.TryWriteAsync(asking, version, cancellationToken))
            {
                // Another instance was faster: what it wrote decides.
                continue;
            }

            try
            {
                return await AskAsync(asking, isPatient: !isUsable, isFresh);
            }
            catch (FaceSwapException refusal) when (refusal.Code == ErrorCodes.RateLimited)
            {
                (known, version) = await store.ReadAsync(cancellationToken);
                if (IsAnother(known, givenUp, isFresh))
                {
                    return known!;
                }

                if (isUsable || known is null || !IsToBeGivenUp(before))
                {
                    // The refusal is an answer: nothing was lost by this request.
                    await store.TryWriteAsync(Refused(before, isUsable), version, cancellationToken);
                    throw WithWait(refusal, before);
                }

                var now = time.GetUtcNow();
                var replaced = new AnonymousToken(NewId(), "", "", default) { AskedAt = now, AskedBy = _instance, ReplacedAt = now };
                if (await store.TryWriteAsync(replaced, version, cancellationToken))
                {
                    return await AskAsync(replaced, isPatient: false, isFresh);
                }
            }
        }

        throw new FaceSwapException(ErrorCodes.StorageUnavailable, "The shared token is changed by too many at the same time.");
    }

    /// <summary>A token that another instance got in place of the one that is given up; null while there is none.</summary>
    internal async Task<AnonymousToken?> FindAsync(string? givenUp, Func<DateTimeOffset?, bool> isFresh, CancellationToken cancellationToken)
    {
        var (known, _) = await store.ReadAsync(cancellationToken);
        return IsAnother(known, givenUp, isFresh) ? known : null;
    }

    private static bool IsAnother(AnonymousToken? known, string? givenUp, Func<DateTimeOffset?, bool> isFresh) =>
        known is { Token.Length: > 0 } && known.Token != givenUp && isFresh(known.ExpiresAt);

    // From the request on nothing ends this but its own limit: a token that the backend gave must not be lost with its caller.
    private async Task<AnonymousToken> AskAsync(AnonymousToken asking, bool isPatient, Func<DateTimeOffset?, bool> isFresh)
    {
        var given = await client.RequestAsync(asking.ClientId, isPatient, CancellationToken.None);
        return await KeepAsync(given with { ReplacedAt = asking.ReplacedAt }, isFresh);
    }

    /// <summary>Keeps a token for all instances, unless they have agreed on another client meanwhile.</summary>
    private async Task<AnonymousToken> KeepAsync(AnonymousToken token, Func<DateTimeOffset?, bool> isFresh)
    {
        try
        {
            for (var tries = 0; tries < MostTries; tries++)
            {
                var (stored, version) = await store.ReadAsync(CancellationToken.None);
                if (stored is { Token.Length: > 0 } && stored.ClientId != token.ClientId && isFresh(stored.ExpiresAt))
                {
                    return stored;
                }

                if (await store.TryWriteAsync(token, version, CancellationToken.None))
                {
                    break;
                }
            }
        }
        catch (Exception e) when (StorageFailures.IsAway(e, CancellationToken.None))
        {
            // It works all the same, here and for as long as this instance lives.
        }

        return token;
    }

    // Another instance's request may be under way: it ends by then at the latest, and its token may be there much sooner.
    private FaceSwapException WithWait(FaceSwapException refusal, AnonymousToken before)
    {
        var left = before.AskedAt + LongestRequest - time.GetUtcNow();
        var wait = left < LongestWait ? left : LongestWait;
        return left > TimeSpan.Zero && wait > (refusal.RetryAfter ?? TimeSpan.Zero) ? new FaceSwapException(refusal.Code, refusal.Message, wait, refusal) : refusal;
    }

    private AnonymousToken Refused(AnonymousToken before, bool isUsable) =>
        isUsable || IsRecent(before.RefusedAt) ? before : before with { RefusedAt = time.GetUtcNow() };

    // A request without an answer took the token with it, or the backend has refused one for long enough.
    private bool IsToBeGivenUp(AnonymousToken before) => MayReplace(before)
        && ((IsRecent(before.AskedAt) && (before.AskedBy == _instance || time.GetUtcNow() - before.AskedAt > LongestRequest))
            || (IsRecent(before.RefusedAt) && time.GetUtcNow() - before.RefusedAt > GivenUpAfter));

    // What happened long ago says nothing about a refusal of today: the token has worked since.
    private bool IsRecent(DateTimeOffset? moment) => time.GetUtcNow() - moment < ForgottenAfter;

    private bool MayReplace(AnonymousToken known) => known.ReplacedAt is not { } last || time.GetUtcNow() - last > BetweenReplacements;

    // Two tries and the wait between them.
    private TimeSpan LongestRequest => (2 * options.Value.RequestTimeout) + options.Value.RateLimitWait;

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();
}
