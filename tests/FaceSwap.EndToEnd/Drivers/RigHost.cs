using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>A host process with its container, its task hub and the port on which it expects its backend.</summary>
internal sealed class RigHost : IAsyncDisposable
{
    private static readonly string[] Ended = ["Completed", "Failed", "Terminated"];
    private readonly AzuriteServer azurite;

    private RigHost(AzuriteServer azurite, AppHost app, BlobContainerClient container, string masterKey, int backendPort)
    {
        this.azurite = azurite;
        App = app;
        Container = container;
        MasterKey = masterKey;
        BackendPort = backendPort;
    }

    public AppHost App { get; }

    public BlobContainerClient Container { get; }

    public string MasterKey { get; }

    public int BackendPort { get; }

    /// <summary>Starts a host. Settings are named as environment variables and override those of <see cref="RigSettings"/>.</summary>
    public static async Task<RigHost> StartAsync(AzuriteServer azurite, int backendPort, IEnumerable<(string Name, string Value)> settings)
    {
        var container = azurite.NewContainerName();
        var masterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var all = RigSettings.For(azurite, container, new Uri($"http://127.0.0.1:{backendPort}/"), masterKey);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return new RigHost(azurite, await AppHost.StartAsync(all), azurite.Container(container), masterKey, backendPort);
    }

    /// <summary>The ids of all instances of which anything is kept, in ordinal order.</summary>
    /// <remarks>Histories lie in a table of their own: one could be left there of an instance that is gone.</remarks>
    public async Task<IReadOnlyList<string>> InstanceIdsAsync() => await new[] { "Instances", "History" }.ToAsyncEnumerable()
        .SelectMany(table => Table(table).QueryAsync<TableEntity>(select: [nameof(TableEntity.PartitionKey)]).Select(entity => entity.PartitionKey))
        .Distinct().Order(StringComparer.Ordinal).ToListAsync();

    /// <summary>Whether every instance has ended.</summary>
    public async Task<bool> IsIdleAsync()
    {
        var states = Table("Instances").QueryAsync<TableEntity>(select: ["RuntimeStatus"]).Select(entity => entity.GetString("RuntimeStatus"));
        return await states.AllAsync(state => Ended.Contains(state));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private TableClient Table(string name) => new(azurite.ConnectionString, $"{App.TaskHub}{name}");
}
