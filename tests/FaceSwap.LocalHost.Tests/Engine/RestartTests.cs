using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Engine;

/// <summary>Everything that waits goes on after a stop and a start.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly EngineFixture _engine = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Timer_DueWhileStopped_FiresAtTheStart()
    {
        _engine.Tasks.AddOrchestrator<object?, string>("Main", async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            return "fired";
        });
        Assert.Equal("fired", await RestartAndWaitAsync());
    }

    [Fact]
    public async Task EventRaised_BeforeTheStop_IsDeliveredAfterTheStart()
    {
        _engine.Tasks.AddOrchestrator<object?, string>("Main", async (context, _) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(300), CancellationToken.None);
            return await context.WaitForExternalEvent<string>("Go");
        });
        Assert.Equal("early", await RestartAndWaitAsync(client => client.RaiseEventAsync("one", "Go", "early", _deadline.Token)));
    }

    [Fact]
    public async Task Activity_InterruptedByTheStop_RunsAgain()
    {
        TaskCompletionSource firstRun = new();
        int runs = 0;
        _engine.Tasks.AddActivity("Long", async shutdown =>
        {
            if (Interlocked.Increment(ref runs) == 1)
            {
                firstRun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, shutdown);
            }

            return "second run";
        });
        _engine.Tasks.AddOrchestrator<object?, string>("Main", (context, _) => context.CallActivityAsync<string>("Long"));
        Assert.Equal("second run", await RestartAndWaitAsync(_ => firstRun.Task));
    }

    [Fact]
    public async Task Suspended_StaysSuspended_AndGoesOnWhenResumed()
    {
        _engine.Tasks.AddOrchestrator<object?, string>("Main", (context, _) => context.WaitForExternalEvent<string>("Go"));
        var client = await StartOneAsync();
        await client.SuspendInstanceAsync("one", null, _deadline.Token);
        await client.RaiseEventAsync("one", "Go", "held", _deadline.Token);
        await _engine.StopAsync();

        client = await _engine.StartAsync(_deadline.Token);
        await client.ResumeInstanceAsync("one", null, _deadline.Token);
        var ended = await client.WaitForInstanceCompletionAsync("one", true, _deadline.Token);
        Assert.Equal("held", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task ScheduledStart_AfterTheStop_HappensInTime()
    {
        _engine.Tasks.AddOrchestrator<object?, string>("Main", (_, _) => Task.FromResult("started"));
        var client = await _engine.StartAsync(_deadline.Token);
        StartOrchestrationOptions options = new("one", TimeProvider.System.GetUtcNow().AddMilliseconds(200));
        await client.ScheduleNewOrchestrationInstanceAsync("Main", options, _deadline.Token);
        await _engine.StopAsync();

        client = await _engine.StartAsync(_deadline.Token);
        var ended = await client.WaitForInstanceCompletionAsync("one", true, _deadline.Token);
        Assert.Equal("started", ended.ReadOutputAs<string>());
    }

    private async Task<string?> RestartAndWaitAsync(Func<DurableTaskClient, Task>? beforeStop = null)
    {
        var client = await StartOneAsync();
        if (beforeStop is not null)
        {
            await beforeStop(client);
        }

        await _engine.StopAsync();
        client = await _engine.StartAsync(_deadline.Token);
        var ended = await client.WaitForInstanceCompletionAsync("one", true, _deadline.Token);
        return ended.ReadOutputAs<string>();
    }

    private async Task<DurableTaskClient> StartOneAsync()
    {
        var client = await _engine.StartAsync(_deadline.Token);
        await client.ScheduleNewOrchestrationInstanceAsync("Main", new StartOrchestrationOptions("one"), _deadline.Token);
        await client.WaitForInstanceStartAsync("one", _deadline.Token);
        return client;
    }
}
