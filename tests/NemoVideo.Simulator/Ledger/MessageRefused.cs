using NemoVideo.Simulator.Messages;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A message was turned away before it ran.</summary>
internal sealed record MessageRefused(string MessageId, int Code) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Messages, MessageId, message => message with
        {
            Outcome = MessageOutcome.Refused,
            RefusedWith = Code,
            EndedAt = At,
        });
}
