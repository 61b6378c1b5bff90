using NemoVideo.Simulator.Accounts;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A token was handed out.</summary>
internal sealed record TokenIssued(string Token, string UserId, DateTimeOffset? ExpiresAt) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Tokens[Token] = new Token { Value = Token, UserId = UserId, IssuedAt = At, ExpiresAt = ExpiresAt };
}
