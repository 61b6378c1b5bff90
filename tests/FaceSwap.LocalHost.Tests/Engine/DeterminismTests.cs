using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>Code that does not fit its history, or leaves the engine's control, fails its instance with the reason.</summary>
public sealed class DeterminismTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new() { CachedExecutions = 0 };
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Replay_AnotherActivityThanRecorded_NamesBothAndThePosition()
    {
        var ended = await ChangeCodeWhileWaitingAsync(
            async context =>
            {
                await context.CallActivityAsync("One");
                return await context.WaitForExternalEvent<string>("Go");
            },
            async context =>
            {
                await context.CallActivityAsync("Other");
                return await context.WaitForExternalEvent<string>("Go");
            });
        Assert.Contains("Event 2 of the history is activity 'One' (request #0)", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("asked for activity 'Other' (request #0)", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_FewerRequestsThanRecorded_NamesTheEventThatDidNotFit()
    {
        var ended = await ChangeCodeWhileWaitingAsync(
            async context =>
            {
                await context.CallActivityAsync("One");
                return await context.WaitForExternalEvent<string>("Go");
            },
            context => context.WaitForExternalEvent<string>("Go"));
        Assert.Contains("activity 'One'", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("asked for nothing", ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_MoreRequestsThanRecorded_NamesTheRequest()
    {
        var ended = await ChangeCodeWhileWaitingAsync(
            async context =>
            {
                await context.CallActivityAsync("One");
                return await context.WaitForExternalEvent<string>("Go");
            },
            async context =>
            {
                var second = context.CallActivityAsync("Two");
                await context.CallActivityAsync("One");
                await second;
                return await context.WaitForExternalEvent<string>("Go");
            });
        Assert.Contains("activity 'Two'", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_FunctionIsGone_FailsAlone()
    {
        _engine.Tasks.AddOrchestrator<object?, string>("Main", (context, _) => context.WaitForExternalEvent<string>("Go"));
        var client = await _engine.StartAsync(_deadline.Token);
        string id = await client.ScheduleNewOrchestrationInstanceAsync("Main", _deadline.Token);
        await client.WaitForInstanceStartAsync(id, _deadline.Token);
        _engine.Tasks.Remove("Main");
        await client.RaiseEventAsync(id, "Go", "x", _deadline.Token);
        var ended = await client.WaitForInstanceCompletionAsync(id, true, _deadline.Token);
        Assert.Contains("no orchestrator function 'Main'", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task AwaitOfAForeignTask_FailsWithTheReason(int cachedExecutions)
    {
        await using EngineFixture engine = new() { CachedExecutions = cachedExecutions };
        engine.Tasks.AddOrchestrator<object?, int>("Main", async (_, _) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            return 1;
        });
        await IsRefusedAsync(engine);
    }

    [Fact]
    public async Task ConfigureAwaitFalse_FailsWithTheReason()
    {
        _engine.Tasks.AddActivity<object?, int>("One", (_, _) => Task.FromResult(1));
        _engine.Tasks.AddOrchestrator<object?, int>("Main", async (context, _) =>
        {
            await context.CallActivityAsync("One").ConfigureAwait(false);
            await context.CallActivityAsync("One");
            return 1;
        });
        await IsRefusedAsync(_engine);
    }

    private async Task IsRefusedAsync(EngineFixture engine)
    {
        var client = await engine.StartAsync(_deadline.Token);
        string id = await client.ScheduleNewOrchestrationInstanceAsync("Main", _deadline.Token);
        var ended = await client.WaitForInstanceCompletionAsync(id, true, _deadline.Token);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("ConfigureAwait(false)", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    private async Task<OrchestrationMetadata> ChangeCodeWhileWaitingAsync(
        Func<TaskOrchestrationContext, Task<string>> before, Func<TaskOrchestrationContext, Task<string>> after)
    {
        var tasks = _engine.Tasks;
        tasks.AddActivity<object?, int>("One", (_, _) => Task.FromResult(1));
        tasks.AddOrchestrator<object?, string>("Main", async (context, _) =>
        {
            context.SetCustomStatus("running");
            return await before(context);
        });
        var client = await _engine.StartAsync(_deadline.Token);
        string id = await client.ScheduleNewOrchestrationInstanceAsync("Main", _deadline.Token);
        await client.WaitForInstanceStartAsync(id, _deadline.Token);
        await _engine.StopAsync();

        tasks.AddOrchestrator<object?, string>("Main", (context, _) => after(context));
        client = await _engine.StartAsync(_deadline.Token);
        try
        {
            await client.RaiseEventAsync(id, "Go", "x", _deadline.Token);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("finished", StringComparison.Ordinal))
        {
            // A result that came when the engine had stopped has shown the change already.
        }

        var ended = await client.WaitForInstanceCompletionAsync(id, true, _deadline.Token);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        return ended;
    }
}
