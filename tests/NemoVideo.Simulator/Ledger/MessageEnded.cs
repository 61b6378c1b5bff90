using NemoVideo.Simulator.Messages;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A message is over; what it had frozen is free again.</summary>
internal sealed record MessageEnded(string MessageId, MessageOutcome Outcome) : LedgerEntry
{
    public override void Apply(World world)
    {
        var reserved = world.Messages[MessageId].Reserved;
        World.Update(world.Messages, MessageId, message => message with { Outcome = Outcome, Reserved = 0, EndedAt = At });
        world.UpdateAccountOf(MessageId, account => account with { Frozen = account.Frozen - reserved });
    }
}
