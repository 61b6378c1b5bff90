using NemoVideo.Simulator.Uploads;

namespace NemoVideo.Simulator.Ledger;

/// <summary>A session took files in.</summary>
internal sealed record FilesUploaded(string SessionId, IReadOnlyList<UploadedFile> Files) : LedgerEntry
{
    public override void Apply(World world) =>
        World.Update(world.Sessions, SessionId, session => session with { Files = session.Files.AddRange(Files) });
}
