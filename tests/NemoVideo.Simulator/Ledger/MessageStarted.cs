using NemoVideo.Simulator.Messages;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A message began; its credits are frozen.</summary>
internal sealed record MessageStarted(string MessageId, int Reserved) : LedgerEntry
{
    public override void Apply(World world)
    {
        World.Update(world.Messages, MessageId, message => message with { Outcome = MessageOutcome.Running, Reserved = Reserved });
        world.UpdateAccountOf(MessageId, account => account with { Frozen = account.Frozen + Reserved });
    }
}
