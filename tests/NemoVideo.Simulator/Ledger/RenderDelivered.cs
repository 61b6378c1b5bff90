namespace NemoVideo.Simulator.Ledger;

/// <summary>A result was sent to its last byte.</summary>
internal sealed record RenderDelivered(string RenderId) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Renders, RenderId, render => render with { Deliveries = render.Deliveries + 1 });
}
