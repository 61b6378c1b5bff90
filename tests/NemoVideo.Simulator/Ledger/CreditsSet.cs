namespace NemoVideo.Simulator.Ledger;

/// <summary>A test set an account's credits.</summary>
internal sealed record CreditsSet(string UserId, int Credits) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Accounts, UserId, account => account with { Total = Credits });
}
