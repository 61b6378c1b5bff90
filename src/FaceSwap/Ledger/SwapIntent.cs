using FaceSwap.Errors;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;

namespace FaceSwap.Ledger;

/// <summary>The intent to send one paid message: written before it is sent, and only once.</summary>
/// <param name="JobId">The job that pays.</param>
/// <param name="Attempt">Which attempt of the job this is, from 1.</param>
/// <param name="SessionId">The session the message goes to.</param>
/// <param name="Account">Whose credits it spends.</param>
/// <param name="Baseline">The hash of the session's state before the message.</param>
/// <param name="Available">The credits that could be spent before the message.</param>
/// <param name="Frozen">The credits that were reserved before the message.</param>
/// <param name="CreatedAt">When the intent was made.</param>
/// <param name="SendBy">After this moment the message is not sent any more.</param>
/// <param name="VoidedBy">Why the message did not run, once that is proven; it permits the next attempt.</param>
/// <param name="Token">The fingerprint of the token the message goes out with.</param>
/// <param name="Nonce">Made for this intent alone: who wrote it knows it for one's own.</param>
public sealed record SwapIntent(
    string JobId,
    int Attempt,
    string SessionId,
    string Account,
    string Baseline,
    decimal Available,
    decimal Frozen,
    DateTimeOffset CreatedAt,
    DateTimeOffset SendBy,
    JobError? VoidedBy = null,
    string Token = "",
    string Nonce = "")
{
    /// <summary>Whether the credits say that its message was not charged: the same as before, of the same account, under the same token.</summary>
    public bool LeftCreditsAsTheyWere(NemoToken token, NemoBalance balance) =>
        (Account, Token, Available, Frozen) == (token.Account, token.Fingerprint, balance.Available, balance.Frozen);
}
