using NemoVideo.Simulator.Renders;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A caller asked for a render's status and got this one.</summary>
internal sealed record RenderPolled(string RenderId, RenderStatus Status) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Renders, RenderId, render => render with
        {
            Polls = render.Polls + 1,
            SeenToItsEnd = render.SeenToItsEnd || Status is RenderStatus.Completed or RenderStatus.Failed or RenderStatus.Cancelled,
        });
}
