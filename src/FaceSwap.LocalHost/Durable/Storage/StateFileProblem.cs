namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Why a state file cannot be used.</summary>
internal enum StateFileProblem
{
    /// <summary>The path cannot be opened or created.</summary>
    Unreachable,

    /// <summary>It is no SQLite database, or a damaged one.</summary>
    Damaged,

    /// <summary>A newer version of this host wrote it.</summary>
    NewerSchema,

    /// <summary>Another program keeps it locked.</summary>
    Locked,

    /// <summary>The disk, or the file's page limit, is full.</summary>
    Full,

    /// <summary>Another host took the file over; this one must not write any more.</summary>
    LeaseLost,

    /// <summary>The disk reported an error.</summary>
    Io,
}
