namespace NemoVideo.Simulator.Ledger;

/// <summary>Credits were taken for a message; what it had frozen is free again.</summary>
internal sealed record MessageCharged(string MessageId, int Credits) : LedgerEntry
{
    public override void Apply(World world)
    {
        var reserved = world.Messages[MessageId].Reserved;
        World.Update(world.Messages, MessageId, message => message with { Reserved = 0, Charged = message.Charged + Credits });
        world.UpdateAccountOf(MessageId, account => account with
        {
            Total = account.Total - Credits,
            Frozen = account.Frozen - reserved,
        });
    }
}
