using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>The lease row, within whatever transaction the connection is in.</summary>
internal sealed class LeaseStatements(SqliteConnection connection, HostIdentity self) : IDisposable
{
    private readonly SqlStatement _select = new(connection, "select-lease");
    private readonly SqlStatement _take = new(connection, "take-lease", "machine", "process", "started", "expires_at");
    private readonly SqlStatement _check = new(connection, "check-lease", "machine", "process", "started");
    private readonly SqlStatement _release = new(connection, "release-lease", "machine", "process", "started");

    public Lease? Read()
    {
        using SqliteDataReader row = _select.Query();
        return row.Read()
            ? new Lease(
                new HostIdentity(row.GetString(0), row.GetInt32(1), row.GetString(2)),
                new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero))
            : null;
    }

    public bool IsOurs()
    {
        using SqliteDataReader row = _check.Query(self.Machine, self.ProcessId, self.Started);
        return row.Read() && row.GetInt64(0) == 1;
    }

    public void Take(DateTimeOffset expiresAt) =>
        _take.Execute(self.Machine, self.ProcessId, self.Started, expiresAt.UtcTicks);

    public void Release() => _release.Execute(self.Machine, self.ProcessId, self.Started);

    public void Dispose()
    {
        _select.Dispose();
        _take.Dispose();
        _check.Dispose();
        _release.Dispose();
    }
}
