using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>
/// What every case has: an engine, its client once it runs, and a deadline. Cases know nothing but the Durable API, so
/// that the same cases hold any implementation of it to account.
/// </summary>
public abstract class ConformanceCase<TEngine> : IAsyncLifetime
    where TEngine : IConformanceEngine, new()
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TEngine _engine = new();
    private readonly CancellationTokenSource _deadline = new(Deadline);
    private DurableTaskClient? _client;

    protected DurableTaskClient Client => _client ?? throw new InvalidOperationException("Start the engine first.");

    protected CancellationToken Cancellation => _deadline.Token;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task StartEngineAsync(Action<ITaskRegistrar> register) => _client = await _engine.StartAsync(register);

    /// <summary>Starts the engine with one orchestrator besides what is registered, runs it, and returns how it ended.</summary>
    protected async Task<OrchestrationMetadata> RunAsync<TOutput>(
        Func<TaskOrchestrationContext, Task<TOutput>> code, Action<ITaskRegistrar>? register = null)
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddOrchestrator<object?, TOutput>("Main", (context, _) => code(context));
            register?.Invoke(tasks);
        });
        return await RunAsync("Main");
    }

    protected async Task<OrchestrationMetadata> RunAsync(string name, object? input = null, StartOrchestrationOptions? options = null)
    {
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, Cancellation);
        return await CompletionOfAsync(id);
    }

    protected Task<OrchestrationMetadata> CompletionOfAsync(string id) =>
        Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Cancellation);

    /// <summary>Waits until the orchestration has set this custom status.</summary>
    protected Task ReachesAsync(string id, string customStatus) =>
        UntilAsync(id, found => found.SerializedCustomStatus == $"\"{customStatus}\"");

    /// <summary>Waits, within the case's deadline, until the orchestration is found to be so.</summary>
    protected async Task UntilAsync(string id, Predicate<OrchestrationMetadata> isSo)
    {
        while (await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Cancellation) is not { } found || !isSo(found))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }

    protected static void IsCompleted<T>(T expected, OrchestrationMetadata actual)
    {
        Assert.True(actual.RuntimeStatus == OrchestrationRuntimeStatus.Completed, actual.ToString());
        Assert.Equal(expected, actual.ReadOutputAs<T>());
    }
}
