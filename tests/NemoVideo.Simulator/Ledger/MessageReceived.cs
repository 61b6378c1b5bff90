using NemoVideo.Simulator.Messages;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A message came in.</summary>
internal sealed record MessageReceived(string MessageId, string SessionId, string Text, string Hash) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Messages[MessageId] = new Message
        {
            MessageId = MessageId,
            SessionId = SessionId,
            Text = Text,
            Hash = Hash,
            ReceivedAt = At,
        };
}
