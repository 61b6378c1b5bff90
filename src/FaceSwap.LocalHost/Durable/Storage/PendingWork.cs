using FaceSwap.LocalHost.Durable.History;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Everything an earlier run of the host left to do, read once at the start.</summary>
internal sealed record PendingWork(
    Numbering Numbering,
    IReadOnlyList<StoredStart> Starts,
    IReadOnlyList<StoredMessage> Messages,
    IReadOnlyList<StoredActivity> Activities,
    IReadOnlyList<StoredTimer> Timers)
{
    public static PendingWork Read(SqliteConnection connection) => new(
        ReadNumbering(connection),
        ReadAll(
            connection,
            "pending-instances",
            row => new StoredStart(new(row.GetString(1), row.GetInt64(0)), row.IsDBNull(2) ? null : StateReader.Utc(row.GetInt64(2))),
            ("status", (int)OrchestrationRuntimeStatus.Pending)),
        ReadAll(
            connection,
            "pending-messages",
            row => new StoredMessage(
                row.GetInt64(0),
                new(row.GetString(2), row.GetInt64(1)),
                row.IsDBNull(3) ? null : row.GetInt32(3),
                HistoryCodec.Decode(row.GetFieldValue<byte[]>(4)))),
        ReadAll(
            connection,
            "pending-activities",
            row => new StoredActivity(
                row.GetInt64(0),
                new(row.GetString(2), row.GetInt64(1)),
                row.GetInt32(3),
                row.GetInt32(4),
                row.GetString(5),
                row.GetString(6),
                StateReader.Text(row, 7))),
        ReadAll(
            connection,
            "pending-timers",
            row => new StoredTimer(
                new(row.GetString(1), row.GetInt64(0)), row.GetInt32(2), row.GetInt32(3), StateReader.Utc(row.GetInt64(4)))));

    private static Numbering ReadNumbering(SqliteConnection connection)
    {
        using SqlStatement statement = new(connection, "last-numbers");
        using SqliteDataReader row = statement.Query();
        row.Read();
        return new Numbering(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    private static List<T> ReadAll<T>(
        SqliteConnection connection, string name, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        using SqlStatement statement = new(connection, name, [.. parameters.Select(parameter => parameter.Name)]);
        using SqliteDataReader rows = statement.Query([.. parameters.Select(parameter => parameter.Value)]);
        return StateReader.ReadAll(rows, read);
    }
}
