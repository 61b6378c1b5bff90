using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Runs code in a write transaction of one connection, with statements that stay prepared.</summary>
internal sealed class WriteTransaction(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _begin = new(connection, "begin");
    private readonly SqlStatement _commit = new(connection, "commit");
    private readonly SqlStatement _rollback = new(connection, "rollback");

    public void Run(Action body)
    {
        _begin.Execute();
        try
        {
            body();
            _commit.Execute();
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }

    private void RollBack()
    {
        try
        {
            _rollback.Execute();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full; the first error tells why.
        }
    }
}
