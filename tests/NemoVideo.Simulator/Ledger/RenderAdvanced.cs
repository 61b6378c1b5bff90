using NemoVideo.Simulator.Renders;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A render went on to its next status.</summary>
internal sealed record RenderAdvanced(string RenderId, RenderStatus Status, string? StoredAs = null, string? Error = null) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Renders, RenderId, render =>
        {
            var next = render with { Status = Status, StoredAs = StoredAs, Error = Error };
            return next with
            {
                EndedAt = next.IsFinal ? At : null,
                SeenToItsEnd = render.SeenToItsEnd || Status == RenderStatus.Cancelled,
            };
        });
}
