namespace NemoVideo.Simulator.Ledger;

/// <summary>A caller asked for something the backend does not have.</summary>
internal sealed record UnknownCall(string Method, string Path) : LedgerEntry
{
    public override void Apply(World world) =>
        world.UnknownCalls = world.UnknownCalls.Add($"{Method} {Path}");
}
