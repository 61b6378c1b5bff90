using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Starting instances: ids, duplicates, schedules, and what the first state looks like.</summary>
public abstract class StartCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    private static readonly OrchestrationRuntimeStatus[] AllStatuses =
    [
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
    ];

    [Fact]
    public async Task Start_WithoutId_GetsOneOfItsOwn()
    {
        await StartEchoAsync();
        string one = await Client.ScheduleNewOrchestrationInstanceAsync("Echo", "a", Cancellation);
        string two = await Client.ScheduleNewOrchestrationInstanceAsync("Echo", "b", Cancellation);
        Assert.NotEqual(one, two);
        IsCompleted("a", await CompletionOfAsync(one));
        IsCompleted("b", await CompletionOfAsync(two));
    }

    [Fact]
    public async Task Start_UnknownName_StartsAndThenFails()
    {
        await StartEchoAsync();
        var ended = await RunAsync("Nobody");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Nobody", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_RunningId_IsRefused()
    {
        await StartEchoAsync();
        await StartAsync("Wait", "one");
        await ReachesAsync("one", "waiting");
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync("Wait", "one"));
    }

    [Fact]
    public async Task Start_FinishedId_ReplacesTheInstance()
    {
        await StartEchoAsync();
        IsCompleted("a", await RunAsync("Echo", "a", new StartOrchestrationOptions("one")));
        IsCompleted("b", await RunAsync("Echo", "b", new StartOrchestrationOptions("one")));
    }

    [Fact]
    public async Task Start_FinishedIdWithAllStatusesDeduped_IsRefused()
    {
        await StartEchoAsync();
        IsCompleted("a", await RunAsync("Echo", "a", new StartOrchestrationOptions("one")));
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(AllStatuses);
        await Assert.ThrowsAnyAsync<Exception>(() => Client.ScheduleNewOrchestrationInstanceAsync("Echo", "b", options, Cancellation));
        IsCompleted("a", await CompletionOfAsync("one"));
    }

    [Fact]
    public async Task Start_FailedIdWithOnlyCompletedDeduped_ReplacesTheInstance()
    {
        await StartEchoAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await RunAsync("Fail", null, new StartOrchestrationOptions("one"))).RuntimeStatus);
        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(
            OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending);
        IsCompleted("b", await RunAsync("Echo", "b", options));
    }

    [Fact]
    public async Task Start_UnknownDedupeStatus_IsRefused()
    {
        await StartEchoAsync();
        StartOrchestrationOptions options = new("one") { DedupeStatuses = ["Nonsense"] };
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => Client.ScheduleNewOrchestrationInstanceAsync("Echo", "b", options, Cancellation));
    }

    [Fact]
    public async Task Start_Scheduled_WaitsForItsTime()
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<object?, DateTime>(
            "Now", (context, _) => Task.FromResult(context.CurrentUtcDateTime)));
        var startAt = TimeProvider.System.GetUtcNow().AddMilliseconds(300);
        var ended = await RunAsync("Now", null, new StartOrchestrationOptions(StartAt: startAt));
        Assert.True(ended.ReadOutputAs<DateTime>() >= startAt.UtcDateTime);
    }

    [Fact]
    public async Task Start_ScheduledForLater_IsPendingAndCanBeTerminated()
    {
        await StartEchoAsync();
        StartOrchestrationOptions options = new("later", TimeProvider.System.GetUtcNow().AddHours(1));
        await Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", options, Cancellation);
        var before = await Client.GetInstanceAsync("later", Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, before!.RuntimeStatus);
        await Client.TerminateInstanceAsync("later", Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await CompletionOfAsync("later")).RuntimeStatus);
    }

    [Fact]
    public async Task WaitForStart_ReturnsOnceItRuns()
    {
        await StartEchoAsync();
        await StartAsync("Wait", "one");
        var started = await Client.WaitForInstanceStartAsync("one", Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Running, started.RuntimeStatus);
    }

    [Fact]
    public async Task WaitForCompletion_Cancelled_Throws()
    {
        await StartEchoAsync();
        await StartAsync("Wait", "one");
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.WaitForInstanceCompletionAsync("one", source.Token));
    }

    [Fact]
    public async Task Start_WithTags_ShowsThem()
    {
        await StartEchoAsync();
        StartOrchestrationOptions options = new("tagged") { Tags = new Dictionary<string, string> { ["colour"] = "red" } };
        var ended = await RunAsync("Echo", "x", options);
        Assert.Equal("red", ended.Tags["colour"]);
    }

    private Task<string> StartAsync(string name, string id) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, new StartOrchestrationOptions(id), Cancellation);

    private Task StartEchoAsync() => StartEngineAsync(tasks =>
    {
        tasks.AddOrchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        tasks.AddOrchestrator<object?, int>("Fail", (_, _) => throw new InvalidOperationException("on purpose"));
        tasks.AddOrchestrator<object?, int>("Wait", (context, _) =>
        {
            context.SetCustomStatus("waiting");
            return context.WaitForExternalEvent<int>("Never");
        });
    });
}
