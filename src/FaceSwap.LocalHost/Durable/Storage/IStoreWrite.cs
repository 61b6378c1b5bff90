namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>One unit of work for the writer: it becomes durable as a whole or not at all.</summary>
internal interface IStoreWrite
{
    /// <summary>Runs inside the transaction; may run again when a neighbour in the same transaction failed.</summary>
    void Apply(WriteSession session);

    /// <summary>The transaction is on disk. Called on a pool thread, in the order of the writes.</summary>
    void Committed();

    /// <summary>Nothing of it was written.</summary>
    void Failed(Exception error);
}
