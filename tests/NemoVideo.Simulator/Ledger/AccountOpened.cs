using NemoVideo.Simulator.Accounts;

namespace NemoVideo.Simulator.Ledger;

/// <summary>An account came to be.</summary>
internal sealed record AccountOpened(string UserId, AccountKind AccountKind, string? ClientId, int Credits) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Accounts[UserId] = new Account { UserId = UserId, Kind = AccountKind, ClientId = ClientId, Total = Credits };
}
