using NemoVideo.Simulator.Sessions;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A session began.</summary>
internal sealed record SessionCreated(string SessionId, string TaskId, string UserId, string TaskName, string Language, string? ScenarioId) : LedgerEntry
{
    public override void Apply(World world) =>
        world.Sessions[SessionId] = new Session
        {
            SessionId = SessionId,
            TaskId = TaskId,
            UserId = UserId,
            TaskName = TaskName,
            Language = Language,
            CreatedAt = At,
            ScenarioId = ScenarioId,
        };
}
