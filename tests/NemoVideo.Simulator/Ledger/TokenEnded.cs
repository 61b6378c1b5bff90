namespace NemoVideo.Simulator.Ledger;

/// <summary>A token became invalid before its time.</summary>
internal sealed record TokenEnded(string Token) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Tokens, Token, token => token with { Ended = true });
}
