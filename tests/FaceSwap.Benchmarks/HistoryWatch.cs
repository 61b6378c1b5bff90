using FaceSwap.Testing.Time;
using Microsoft.Data.Sqlite;

namespace FaceSwap.Benchmarks;

/// <summary>
/// Counts what the engine writes down as the history of one orchestrator's instances: every row that it appends, in the bytes in
/// which it stores it. A history that is replaced when the instance goes on with a new one is gone from the file; a trigger of the
/// file itself notes each row as it comes, and none is missed.
/// </summary>
internal sealed class HistoryWatch : IDisposable
{
    private static readonly TimeSpan CompletesWithin = TimeSpan.FromMinutes(1);
    private readonly SqliteConnection _connection;

    /// <param name="stateFile">The state file of a host that runs.</param>
    /// <param name="orchestrator">Whose histories are counted; a name without quotation marks.</param>
    public HistoryWatch(string stateFile, string orchestrator)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = stateFile, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        _connection.Open();
        using SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // A trigger takes no parameters; the name is a constant of the benchmark.
        command.CommandText = $"""
            CREATE TABLE bench_history (id INTEGER PRIMARY KEY, instance INTEGER NOT NULL, batch INTEGER NOT NULL, bytes INTEGER NOT NULL);
            CREATE TRIGGER bench_history_rows AFTER INSERT ON history
            WHEN (SELECT name FROM instances WHERE sequence = NEW.instance) = '{orchestrator}'
            BEGIN
                INSERT INTO bench_history (instance, batch, bytes) VALUES (NEW.instance, NEW.batch, length(NEW.events));
            END;
            """;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>The bytes of each history that an instance had, in their order; once it has completed, which may be after its work is seen to be done.</summary>
    public async Task<IReadOnlyList<double>> WindowsOfAsync(string instanceId)
    {
        await Eventually.HoldsAsync(() => IsComplete(instanceId), $"{instanceId} has completed", CompletesWithin);

        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = """
            SELECT batch, bytes FROM bench_history
            WHERE instance = (SELECT sequence FROM instances WHERE instance_id = @id)
            ORDER BY id
            """;
        command.Parameters.AddWithValue("@id", instanceId);
        List<double> windows = [];
        await using SqliteDataReader rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            // A history begins with row 0, which holds the start.
            if (rows.GetInt32(0) == 0)
            {
                windows.Add(0);
            }

            windows[^1] += rows.GetInt64(1);
        }

        // The last history is still in the file.
        long kept = KeptOf(instanceId);
        return kept == windows[^1] ? windows : throw new InvalidOperationException($"{windows[^1]} bytes were counted of a history that has {kept}.");
    }

    private bool IsComplete(string instanceId)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT completed_at IS NOT NULL FROM instances WHERE instance_id = @id";
        command.Parameters.AddWithValue("@id", instanceId);
        return command.ExecuteScalar() is 1L;
    }

    private long KeptOf(string instanceId)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT sum(length(events)) FROM history WHERE instance = (SELECT sequence FROM instances WHERE instance_id = @id)";
        command.Parameters.AddWithValue("@id", instanceId);
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose() => _connection.Dispose();
}
