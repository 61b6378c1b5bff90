namespace NemoVideo.Simulator.Ledger;

/// <summary>The backend forgot a session.</summary>
internal sealed record SessionEnded(string SessionId) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Sessions, SessionId, session => session with { Ended = true });
}
