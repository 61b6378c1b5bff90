using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What a write may do inside the writer's transaction. A write may be run again, so it keeps nothing outside.</summary>
internal sealed class WriteSession(SqliteConnection connection, TimeProvider time) : IDisposable
{
    public InstanceStatements Instances { get; } = new(connection);

    public WorkStatements Work { get; } = new(connection);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Creates an instance, replacing one under the same id if its status may be replaced.</summary>
    public StartOutcome Start(NewInstance instance, Func<OrchestrationRuntimeStatus, bool> mayReplace)
    {
        if (Instances.Find(instance.InstanceId) is { } existing)
        {
            if (!mayReplace(existing.Status))
            {
                return StartOutcome.AlreadyExists;
            }

            Delete(existing.Sequence);
        }

        Instances.Insert(instance, Now);
        return StartOutcome.Started;
    }

    /// <summary>Removes everything there is of an instance.</summary>
    public void Delete(long sequence)
    {
        Instances.Delete(sequence);
        Instances.DeleteHistory(sequence);
        Work.DeleteMessages(sequence);
        Work.DeleteActivities(sequence);
        Work.DeleteTimers(sequence);
    }

    public void Dispose()
    {
        Instances.Dispose();
        Work.Dispose();
    }
}
