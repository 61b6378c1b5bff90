using FaceSwap.LocalHost.Durable.Client;
using FaceSwap.LocalHost.Durable.Pump;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>A task hub on a file in a folder of its own, which can be stopped and started again.</summary>
/// <param name="folder">A folder to use and leave; null for one of its own.</param>
internal sealed class EngineFixture(string? folder = null) : IAsyncDisposable
{
    private readonly TestTaskCatalog _catalog = new();
    private TaskHub? _hub;

    public string Folder { get; } = folder ?? Directory.CreateTempSubdirectory("faceswap-engine-").FullName;

    public string StateFile => Path.Combine(Folder, "state.db");

    public RecordingLog Log { get; } = new();

    public TimeSpan LeaseLength { get; init; } = TimeSpan.FromSeconds(30);

    public int CachedExecutions { get; init; } = 1000;

    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan ActivityTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    public long? MaxPages { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TaskHub Hub => _hub ?? throw new InvalidOperationException("The hub is not running.");

    public List<StateFileException> Faults { get; } = [];

    public TestTaskCatalog Tasks => _catalog;

    public async Task<DurableTaskClient> StartAsync(CancellationToken cancellation = default)
    {
        PayloadConverter converter = new();
        TaskHubOptions options = new()
        {
            StateFile = StateFile,
            CachedExecutions = CachedExecutions,
            LeaseLength = LeaseLength,
            BusyTimeout = BusyTimeout,
            MaxPages = MaxPages,
            ActivityTimeout = ActivityTimeout,
        };
        TaskHubServices services = new(_catalog, converter, Time, Log);
        _hub = await TaskHub.StartAsync(options, services, Faults.Add, _ => { }, cancellation);
        return new LocalDurableTaskClient(_hub, converter, Time);
    }

    /// <summary>Stops without waiting for activities, as little tidy as a stop can be within one process.</summary>
    public async Task StopAsync()
    {
        if (_hub is { } hub)
        {
            _hub = null;
            await hub.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (folder is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
