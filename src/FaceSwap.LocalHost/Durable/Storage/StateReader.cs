using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Reads the state file beside the writer. Each call sees one consistent state.</summary>
internal sealed class StateReader(StateFile file)
{
    public StoredInstance? Get(string instanceId, bool withPayloads)
    {
        using SqliteConnection connection = file.Open();
        using SqlStatement statement = new(connection, "get-instance", "instance_id", "with_payloads");
        using SqliteDataReader row = statement.Query(instanceId, withPayloads);
        return row.Read() ? ReadInstance(row) : null;
    }

    /// <summary>Instances in the order of their creation.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="after">Only those with a higher sequence.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="withPayloads">Whether inputs are read too.</param>
    public IReadOnlyList<StoredInstance> Query(InstanceFilter filter, long after, int limit, bool withPayloads)
    {
        using SqliteConnection connection = file.Open();
        using SqlStatement statement = new(
            connection, "query-instances", "with_payloads", "after", "created_from", "created_to", "prefix", "statuses", "limit");
        using SqliteDataReader rows = statement.Query(
            withPayloads,
            after,
            filter.CreatedFrom?.UtcTicks,
            filter.CreatedTo?.UtcTicks,
            filter.Prefix,
            filter.StatusNumbers,
            limit);
        return ReadAll(rows, ReadInstance);
    }

    public IReadOnlyList<InstanceIdentity> ListIds(InstanceFilter filter, long after, int limit)
    {
        using SqliteConnection connection = file.Open();
        using SqlStatement statement = new(
            connection, "list-instance-ids", "after", "completed_from", "completed_to", "statuses", "limit");
        using SqliteDataReader rows = statement.Query(
            after, filter.CompletedFrom?.UtcTicks, filter.CompletedTo?.UtcTicks, filter.StatusNumbers, limit);
        return ReadAll(rows, row => new InstanceIdentity(row.GetString(1), row.GetInt64(0)));
    }

    public IReadOnlyList<long> ListPurgeable(InstanceFilter filter, int limit)
    {
        using SqliteConnection connection = file.Open();
        using SqlStatement statement = new(
            connection, "purgeable-instances", "created_from", "created_to", "statuses", "limit");
        using SqliteDataReader rows = statement.Query(
            filter.CreatedFrom?.UtcTicks, filter.CreatedTo?.UtcTicks, filter.StatusNumbers, limit);
        return ReadAll(rows, row => row.GetInt64(0));
    }

    /// <summary>The finished sub-orchestrations of an instance, theirs included.</summary>
    public IReadOnlyList<long> ListFinishedDescendants(long sequence)
    {
        List<long> all = [];
        foreach (SubOrchestrationCreated created in ReadHistory(sequence).SelectMany(batch => batch).OfType<SubOrchestrationCreated>())
        {
            if (Get(created.InstanceId, withPayloads: false) is { IsFinished: true } child && !all.Contains(child.Sequence))
            {
                all.Add(child.Sequence);
                all.AddRange(ListFinishedDescendants(child.Sequence));
            }
        }

        return all;
    }

    /// <summary>The batches of an instance's history, in order.</summary>
    public IReadOnlyList<IReadOnlyList<HistoryEvent>> ReadHistory(long sequence)
    {
        using SqliteConnection connection = file.Open();
        using SqlStatement statement = new(connection, "select-history", "instance");
        using SqliteDataReader rows = statement.Query(sequence);
        return ReadAll(rows, row => HistoryCodec.DecodeBatch(row.GetFieldValue<byte[]>(0)));
    }

    public StoredSchedule? GetSchedule(string function)
    {
        using SqliteConnection connection = file.Open();
        using SqlStatement statement = new(connection, "get-schedule", "function");
        using SqliteDataReader row = statement.Query(function);
        return row.Read() ? new(Utc(row.GetInt64(0)), Utc(row.GetInt64(1)), Utc(row.GetInt64(2))) : null;
    }

    internal static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    internal static List<T> ReadAll<T>(SqliteDataReader rows, Func<SqliteDataReader, T> read)
    {
        List<T> all = [];
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    private static StoredInstance ReadInstance(SqliteDataReader row)
    {
        ExecutionStarted? start = row.IsDBNull(10)
            ? null
            : HistoryCodec.DecodeBatch(row.GetFieldValue<byte[]>(10)).OfType<ExecutionStarted>().First();
        return new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            (OrchestrationRuntimeStatus)row.GetInt32(3),
            new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
            new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
            Text(row, 6),
            Text(row, 7),
            Text(row, 8) is { } failure ? HistoryCodec.DecodeFailure(failure) : null,
            HistoryCodec.DecodeTags(Text(row, 9)),
            start?.Version,
            start?.Input);
    }

    internal static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
