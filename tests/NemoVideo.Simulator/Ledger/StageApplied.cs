using NemoVideo.Simulator.State;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A stage of a generation changed the timeline.</summary>
internal sealed record StageApplied(string MessageId, int Stage) : LedgerEntry
{
    public override void Apply(World world)
    {
        var message = world.Messages[MessageId];
        world.Messages[MessageId] = message with { LastStage = Stage, Executions = message.Executions + (Stage == 1 ? 1 : 0) };
        World.Update(world.Sessions, message.SessionId, session => session with
        {
            Stages = session.Stages.Add(new AppliedStage { MessageId = MessageId, Stage = Stage, At = At }),
        });
    }
}
