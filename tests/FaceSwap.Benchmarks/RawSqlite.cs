using Microsoft.Data.Sqlite;

namespace FaceSwap.Benchmarks;

/// <summary>What SQLite itself does on this disk, durable to the same degree: the physical limit.</summary>
internal static class RawSqlite
{
    private const int Commits = 2000;
    private const int Group = 50;

    /// <returns>Single commits a second, and rows a second in groups of fifty.</returns>
    public static (double Commits, double Rows) Measure()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("faceswap-sqlite-");
        try
        {
            using SqliteConnection connection = new($"Data Source={Path.Combine(folder.FullName, "raw.db")};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT);");
            return (Rate(connection, Commits, 1), Rate(connection, Commits, Group) * Group);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Rate(SqliteConnection connection, int commits, int rows)
    {
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO t (body) VALUES (@body)";
        insert.Parameters.AddWithValue("@body", new string('x', 100));
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < commits; i++)
        {
            Execute(connection, "BEGIN IMMEDIATE");
            for (int row = 0; row < rows; row++)
            {
                insert.ExecuteNonQuery();
            }

            Execute(connection, "COMMIT");
        }

        return commits / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
