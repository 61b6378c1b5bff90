using FaceSwap.LocalHost.Durable.Client;
using FaceSwap.LocalHost.Durable.Pump;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaceSwap.Benchmarks;

/// <summary>An engine on a new state file, with a stopwatch.</summary>
internal sealed class EngineRun : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faceswap-bench-");
    private TaskHub? _hub;
    private DurableTaskClient? _client;

    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("The engine is not running.");

    public static async Task<EngineRun> StartAsync()
    {
        EngineRun run = new();
        PayloadConverter converter = new();
        TaskHubOptions options = new() { StateFile = Path.Combine(run._folder.FullName, "state.db") };
        TaskHubServices services = new(new Workload(), converter, TimeProvider.System, NullLoggerFactory.Instance);
        run._hub = await TaskHub.StartAsync(options, services, fault => throw fault, _ => { }, CancellationToken.None);
        run._client = new LocalDurableTaskClient(run._hub, converter, TimeProvider.System);
        return run;
    }

    /// <summary>Starts so many at once and waits for all.</summary>
    /// <returns>The seconds it took.</returns>
    public Task<double> BurstAsync(int count, string name, int input) =>
        TimeAsync(() => Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunAsync(name, input))));

    /// <summary>Runs so many one after the other.</summary>
    /// <returns>The seconds each took.</returns>
    public async Task<double[]> OneByOneAsync(int count, string name, int input)
    {
        double[] times = new double[count];
        for (int i = 0; i < count; i++)
        {
            times[i] = await TimeAsync(() => RunAsync(name, input));
        }

        return times;
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task RunAsync(string name, int input)
    {
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, CancellationToken.None);
        OrchestrationMetadata ended = await Client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
        if (ended.RuntimeStatus != OrchestrationRuntimeStatus.Completed)
        {
            throw new InvalidOperationException($"{name} {id} ended as {ended.RuntimeStatus}.");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> body)
    {
        long start = TimeProvider.System.GetTimestamp();
        await body();
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }
}
