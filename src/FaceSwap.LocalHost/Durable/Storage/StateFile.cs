using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>The SQLite database that holds a task hub: opened safely, created when missing, never overwritten.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="busyTimeout">How long another program may keep it locked.</param>
/// <param name="maxPages">How many pages of 4 KB it may have; null for as many as the disk takes.</param>
internal sealed class StateFile(string path, TimeSpan busyTimeout, long? maxPages = null)
{
    private const int SchemaVersion = 1;

    // "FSLH": tells a state file from any other SQLite database.
    private const int ApplicationId = 0x46534C48;

    // Only the writer may bring the file into being: a reader that comes too late must not leave an empty one behind.
    private readonly string _forReading = ConnectionString(path, busyTimeout, SqliteOpenMode.ReadWrite);
    private readonly string _forWriting = ConnectionString(path, busyTimeout, SqliteOpenMode.ReadWriteCreate);

    public string Path => path;

    /// <summary>Opens a connection for writing, with every commit on disk before it returns.</summary>
    /// <exception cref="StateFileException">The file cannot be used.</exception>
    public SqliteConnection OpenForWriting()
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path));
            Directory.CreateDirectory(folder!);
            CreateForOwnerAlone();
            SqliteConnection connection = Open(_forWriting);
            try
            {
                Prepare(connection);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException error) when (StateFileException.From(error, path) is { } problem)
        {
            throw problem;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateFileException(
                StateFileProblem.Unreachable, $"The state file {path} cannot be opened for writing: {error.Message}", error);
        }
    }

    /// <summary>Opens a pooled connection for reading; readers never wait for the writer.</summary>
    public SqliteConnection Open() => Open(_forReading);

    /// <summary>Closes the pooled connections, so that the file may be moved.</summary>
    public void ReleasePool()
    {
        foreach (var connectionString in new[] { _forReading, _forWriting })
        {
            using SqliteConnection connection = new(connectionString);
            SqliteConnection.ClearPool(connection);
        }
    }

    // Inputs and results of the app lie in here; SQLite gives its side files the same permissions.
    private void CreateForOwnerAlone()
    {
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            using FileStream file = new(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
    }

    private static SqliteConnection Open(string connectionString)
    {
        SqliteConnection connection = new(connectionString);
        connection.Open();
        return connection;
    }

    private static string ConnectionString(string path, TimeSpan busyTimeout, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        DefaultTimeout = (int)Math.Ceiling(busyTimeout.TotalSeconds),
        Mode = mode,
    }.ToString();

    private void Prepare(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;");
        if (maxPages is not null)
        {
            Execute(connection, $"PRAGMA max_page_count = {maxPages};");
        }

        Execute(connection, "BEGIN IMMEDIATE;");
        try
        {
            var application = Read(connection, "PRAGMA application_id;");
            var version = Read(connection, "PRAGMA user_version;");
            Check(application, version, Read(connection, "SELECT count(*) FROM sqlite_schema;"));
            if (version == 0)
            {
                Execute(connection, SqlText.Get("schema"));
                Execute(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
            }

            Execute(connection, "COMMIT;");
        }
        catch
        {
            Execute(connection, "ROLLBACK;");
            throw;
        }
    }

    private void Check(long application, long version, long tables)
    {
        var isOurs = application == ApplicationId;
        if (!isOurs && (application != 0 || version != 0 || tables != 0))
        {
            throw new StateFileException(
                StateFileProblem.Damaged, $"{path} is a database of another program. Name another file (LocalHost:StateFile).");
        }

        if (isOurs && version > SchemaVersion)
        {
            throw new StateFileException(
                StateFileProblem.NewerSchema,
                $"The state file {path} was written by a newer version of this host (schema {version}, known here: {SchemaVersion}). Update the host, or name another file (LocalHost:StateFile).");
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants and embedded files only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static long Read(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
