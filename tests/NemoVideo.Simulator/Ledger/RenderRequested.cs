using NemoVideo.Simulator.Renders;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A render was asked for.</summary>
internal sealed record RenderRequested(string RenderId, string SessionId, bool DraftExact, bool Premature) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Renders[RenderId] = new Render
        {
            RenderId = RenderId,
            SessionId = SessionId,
            RequestedAt = At,
            DraftExact = DraftExact,
            Premature = Premature,
        };
}
