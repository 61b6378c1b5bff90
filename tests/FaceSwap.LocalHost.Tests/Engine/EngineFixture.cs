using FaceSwap.LocalHost.Durable.Client;
using FaceSwap.LocalHost.Durable.Pump;
using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Tests.Conformance;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>A task hub on a file in a folder of its own, which can be stopped and started again.</summary>
internal sealed class EngineFixture : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceswap-engine-");
    private readonly TestTaskCatalog _catalog = new();
    private TaskHub? _hub;

    public string StateFile => Path.Combine(_folder.FullName, "state.db");

    public int CachedExecutions { get; init; } = 1000;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TaskHub Hub => _hub ?? throw new InvalidOperationException("The hub is not running.");

    public List<StateFileException> Faults { get; } = [];

    public ITaskRegistrar Tasks => _catalog;

    public async Task<DurableTaskClient> StartAsync(CancellationToken cancellation = default)
    {
        PayloadConverter converter = new();
        TaskHubOptions options = new() { StateFile = StateFile, CachedExecutions = CachedExecutions };
        TaskHubServices services = new(_catalog, converter, Time, NullLoggerFactory.Instance);
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
        _folder.Delete(recursive: true);
    }
}
