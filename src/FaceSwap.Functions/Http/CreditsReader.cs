using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Http;

/// <summary>Reads the account's credits as callers see them.</summary>
public sealed class CreditsReader(NemoCredits credits, NemoTokens tokens, CreditReservations reservations, IOptions<JobOptions> options)
{
    public async Task<CreditsBody> ReadAsync(CancellationToken cancellationToken)
    {
        var balance = await credits.ReadAsync(cancellationToken);
        var token = await tokens.GetAsync(cancellationToken);
        var reserved = await reservations.ReservedAsync(token.Account, cancellationToken);
        return new CreditsBody(balance.Available, balance.Frozen, reserved, options.Value.MessageCost);
    }
}
