using Microsoft.Data.Sqlite;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>The state file cannot be used. Nothing in it was overwritten.</summary>
internal sealed class StateFileException(StateFileProblem problem, string message, Exception? inner = null)
    : Exception(message, inner)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public StateFileProblem Problem => problem;

    /// <summary>Reads an error of SQLite; null where it does not speak of the file as a whole.</summary>
    public static StateFileException? From(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        Busy or Locked => new(StateFileProblem.Locked, $"The state file {path} is locked by another program. End it, or name another file (LocalHost:StateFile).", error),
        Corrupt or NotADatabase => new(StateFileProblem.Damaged, $"The state file {path} is damaged or no state file. It was left as it is: restore a copy, or move it away to begin anew.", error),
        Full => new(StateFileProblem.Full, $"The disk of the state file {path} is full. Make room and start again: nothing that was confirmed is lost.", error),
        ReadOnly or CannotOpen => new(StateFileProblem.Unreachable, $"The state file {path} cannot be opened for writing: check the folder and its permissions.", error),
        IoError => new(StateFileProblem.Io, $"The disk of the state file {path} reports an error. Check it before starting again.", error),
        _ => null,
    };
}
