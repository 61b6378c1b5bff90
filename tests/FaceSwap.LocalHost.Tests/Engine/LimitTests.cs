using FaceSwap.LocalHost.Tests.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>What the engine does where something takes too long, comes twice, or is replaced.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new() { ActivityTimeout = TimeSpan.FromMilliseconds(100) };
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Activity_OverItsTime_IsCancelledAndFails()
    {
        TaskCompletionSource cancelled = new();
        _engine.Tasks.AddActivity("Endless", async shutdown =>
        {
            shutdown.Register(cancelled.SetResult);
            await new TaskCompletionSource().Task;
            return null;
        });
        _engine.Tasks.AddOrchestrator<object?, int>("Main", (context, _) => context.CallActivityAsync<int>("Endless"));
        var client = await _engine.StartAsync(_deadline.Token);
        var ended = await RunAsync(client, null);
        Assert.Contains("exceeded by function: Endless", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        await cancelled.Task.WaitAsync(_deadline.Token);
    }

    [Fact]
    public async Task Start_OverARunningInstanceThatIsNotDeduped_ReplacesIt()
    {
        _engine.Tasks.AddOrchestrator<string, string>("Main", async (context, input) =>
            input == "wait" ? await context.WaitForExternalEvent<string>("Go") : input);
        var client = await _engine.StartAsync(_deadline.Token);
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        await client.ScheduleNewOrchestrationInstanceAsync("Main", "wait", options, _deadline.Token);
        await client.WaitForInstanceStartAsync("one", _deadline.Token);
        Assert.Equal("second", (await RunAsync(client, "second", options)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_NotAwaited_StillRuns_AndLeavesNothingBehind()
    {
        _engine.Tasks.AddActivity<object?, int>("Aside", (_, _) => Task.FromResult(1));
        _engine.Tasks.AddOrchestrator<object?, string>("Main", (context, _) =>
        {
            _ = context.CallActivityAsync("Aside");
            return Task.FromResult("over");
        });
        var client = await _engine.StartAsync(_deadline.Token);
        Assert.Equal("over", (await RunAsync(client, null)).ReadOutputAs<string>());
        await using StateWatch watch = new(_engine.StateFile);
        await watch.SeesNoActivitiesAsync(_deadline.Token);
    }

    private async Task<OrchestrationMetadata> RunAsync(DurableTaskClient client, object? input, StartOrchestrationOptions? options = null)
    {
        string id = await client.ScheduleNewOrchestrationInstanceAsync("Main", input, options, _deadline.Token);
        return await client.WaitForInstanceCompletionAsync(id, true, _deadline.Token);
    }
}
