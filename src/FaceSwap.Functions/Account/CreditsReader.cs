using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Jobs;
using FaceSwap.Ledger;
using FaceSwap.NemoVideo.Credits;
using FaceSwap.NemoVideo.Tokens;
using Microsoft.Extensions.Options;

namespace FaceSwap.Functions.Account;

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

/// <summary>The account's credits.</summary>
/// <param name="Available">What can be spent.</param>
/// <param name="Frozen">What the backend has reserved for work in progress.</param>
/// <param name="Reserved">What jobs of this app are about to spend.</param>
/// <param name="MessageCost">About what one edit takes.</param>
public sealed record CreditsBody(decimal Available, decimal Frozen, decimal Reserved, int MessageCost);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreditsBody))]
internal sealed partial class AccountApiJson : JsonSerializerContext;
