using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Host;
using FaceSwap.Testing.Processes;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>A host process with its container, its task hub and the port on which it expects its backend.</summary>
internal sealed class RigHost : IRigHost
{
    private static readonly string[] Ended = ["Completed", "Failed", "Terminated"];
    private RigHost(
        StorageAccount storage, AppHost app, BlobContainerClient container, string masterKey, int backendPort, IReadOnlyList<(string Name, string Value)> settings)
    {
        Storage = storage;
        App = app;
        Settings = settings;
        Container = container;
        MasterKey = masterKey;
        BackendPort = backendPort;
    }

    public AppHost App { get; }

    public StorageAccount Storage { get; }

    public Uri Address => App.Address;

    public string FunctionKey => App.FunctionKey;

    public ProcessLog Log => App.Log;

    public BlobContainerClient Container { get; }

    public string MasterKey { get; }

    public int BackendPort { get; }

    /// <summary>What it was asked to have over <see cref="RigSettings"/>.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; }

    /// <summary>Starts a host.</summary>
    /// <param name="storage">Where its state lies.</param>
    /// <param name="backendPort">Where it expects its backend.</param>
    /// <param name="settings">Named as environment variables, over those of <see cref="RigSettings"/> and <paramref name="common"/>.</param>
    /// <param name="common">Settings over those of <see cref="RigSettings"/>.</param>
    public static async Task<RigHost> StartAsync(
        StorageAccount storage, int backendPort, IReadOnlyList<(string Name, string Value)> settings, params (string Name, string Value)[] common)
    {
        const string container = "app";
        var masterKey = RigSettings.NewMasterKey();
        var all = RigSettings.For(storage, container, new Uri($"http://127.0.0.1:{backendPort}/"), masterKey, common.Concat(settings));

        return new RigHost(storage, await AppHost.StartAsync(all), storage.Container(container), masterKey, backendPort, settings);
    }

    public Task RunTimerAsync(string function) => App.RunTimerAsync(function);

    /// <inheritdoc/>
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

    private TableClient Table(string name) => new(Storage.ConnectionString, $"{App.TaskHub}{name}");
}
