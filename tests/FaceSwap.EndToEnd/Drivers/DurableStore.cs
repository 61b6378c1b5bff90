using Azure.Data.Tables;
using FaceSwap.Testing.Host;
using Microsoft.Data.Sqlite;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Looks into the durable state itself, wherever the rig's host keeps it.</summary>
internal static class DurableStore
{
    /// <summary>The ids of all instances of which anything is kept, in ordinal order.</summary>
    public static async Task<IReadOnlyList<string>> InstanceIdsAsync(this Rig rig)
    {
        var ids = rig.Host.Kind == HostKind.Local ? OfStateFileAsync(rig) : OfTablesAsync(rig);
        return await ids.Distinct().Order(StringComparer.Ordinal).ToListAsync();
    }

    private static async IAsyncEnumerable<string> OfStateFileAsync(Rig rig)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(rig.Host.StateFolder, "state.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(file.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT instance_id FROM instances";
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            yield return row.GetString(0);
        }
    }

    // Histories lie in a table of their own: one could be left there of an instance that is gone.
    private static IAsyncEnumerable<string> OfTablesAsync(Rig rig) => new[] { "Instances", "History" }.ToAsyncEnumerable().SelectMany(
        table => new TableClient(rig.Azurite.ConnectionString, $"{rig.Host.TaskHub}{table}")
            .QueryAsync<TableEntity>(select: [nameof(TableEntity.PartitionKey)]).Select(entity => entity.PartitionKey));
}
