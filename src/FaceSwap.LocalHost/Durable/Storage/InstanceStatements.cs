using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>The instance rows and their histories.</summary>
internal sealed class InstanceStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqlStatement _find = new(connection, "find-instance", "instance_id");
    private readonly SqlStatement _insert = new(connection, "insert-instance", "sequence", "instance_id", "name", "status", "now", "start_at", "tags");
    private readonly SqlStatement _update = new(connection, "update-instance", "sequence", "status", "now", "custom_status");
    private readonly SqlStatement _complete = new(connection, "complete-instance", "sequence", "status", "now", "custom_status", "output", "failure");
    private readonly SqlStatement _delete = new(connection, "delete-instance", "instance");
    private readonly SqlStatement _append = new(connection, "append-history", "instance", "batch", "events");
    private readonly SqlStatement _deleteHistory = new(connection, "delete-history", "instance");

    public FoundInstance? Find(string instanceId)
    {
        using SqliteDataReader row = _find.Query(instanceId);
        return row.Read() ? new(row.GetInt64(0), (OrchestrationRuntimeStatus)row.GetInt32(1)) : null;
    }

    public void Insert(NewInstance instance, DateTimeOffset now)
    {
        _insert.Execute(
            instance.Sequence,
            instance.InstanceId,
            instance.Start.Name,
            (int)OrchestrationRuntimeStatus.Pending,
            now.UtcTicks,
            instance.StartAt?.UtcTicks,
            HistoryCodec.Encode(instance.Start.Tags));
        Append(instance.Sequence, 0, [instance.Start]);
    }

    /// <returns>False when the instance is finished or gone.</returns>
    public bool Update(long sequence, OrchestrationRuntimeStatus status, string? customStatus, DateTimeOffset now) =>
        _update.Execute(sequence, (int)status, now.UtcTicks, customStatus) == 1;

    /// <returns>False when the instance is finished or gone.</returns>
    public bool Complete(long sequence, ExecutionEnd end, string? customStatus, DateTimeOffset now) =>
        _complete.Execute(
            sequence,
            (int)end.Status,
            now.UtcTicks,
            customStatus,
            end.Output,
            end.Failure is { } failure ? HistoryCodec.Encode(failure) : null) == 1;

    public void Append(long sequence, int batch, IReadOnlyList<HistoryEvent> events) =>
        _append.Execute(sequence, batch, HistoryCodec.Encode(events));

    public void DeleteHistory(long sequence) => _deleteHistory.Execute(sequence);

    public void Delete(long sequence) => _delete.Execute(sequence);

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _update.Dispose();
        _complete.Dispose();
        _delete.Dispose();
        _append.Dispose();
        _deleteHistory.Dispose();
    }
}
