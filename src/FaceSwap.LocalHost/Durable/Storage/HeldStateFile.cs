using FaceSwap.LocalHost.Durable.Pump;
using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>A state file that this process may write: opened, and its lease taken.</summary>
internal sealed partial record HeldStateFile(StateFile File, SqliteConnection Connection, LeaseKeeper Lease)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Opens the file and waits, saying so, while another host holds it.</summary>
    public static async Task<HeldStateFile> OpenAsync(
        TaskHubOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        StateFile file = new(options.StateFile, options.BusyTimeout, options.MaxPages);
        SqliteConnection connection = file.OpenForWriting();
        LeaseKeeper lease = new(connection, file.Path, HostIdentity.Current, options.LeaseLength, time);
        try
        {
            await TakeAsync(lease, file.Path, time, loggers.CreateLogger<HeldStateFile>(), cancellation);
            return new(file, connection, lease);
        }
        catch
        {
            lease.Dispose();
            connection.Dispose();
            throw;
        }
    }

    public PendingWork ReadPending()
    {
        try
        {
            return PendingWork.Read(Connection);
        }
        catch (SqliteException error) when (StateFileException.From(error, File.Path) is { } problem)
        {
            throw problem;
        }
    }

    private static async Task TakeAsync(
        LeaseKeeper lease, string path, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var isTold = false;
        while (TryTake(lease, path) is { } held)
        {
            if (!isTold)
            {
                Log.Waiting(log, path, held.Holder.ToString(), held.ExpiresAt);
                isTold = true;
            }

            await Task.Delay(LookAgain, time, cancellation);
        }
    }

    private static Lease? TryTake(LeaseKeeper lease, string path)
    {
        try
        {
            return lease.TryTake();
        }
        catch (SqliteException error) when (StateFileException.From(error, path) is { } problem)
        {
            throw problem;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The state file {Path} is in use by {Holder}. Waiting until it ends, or until its lease runs out unrenewed ({ExpiresAt:u}).")]
        public static partial void Waiting(ILogger logger, string path, string holder, DateTimeOffset expiresAt);
    }
}
