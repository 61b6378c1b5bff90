using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Ending and pausing instances from outside.</summary>
public abstract class ControlCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    private int _activityRuns;

    [Fact]
    public async Task Terminate_EndsTheInstanceWithTheOutput()
    {
        await StartWaitingAsync("one");
        await Client.TerminateInstanceAsync("one", "enough", Cancellation);
        var ended = await CompletionOfAsync("one");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("enough", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Terminate_Missing_Throws()
    {
        await StartWaitingAsync("one");
        await Assert.ThrowsAnyAsync<Exception>(() => Client.TerminateInstanceAsync("missing", Cancellation));
    }

    [Fact]
    public async Task Terminate_Recursive_EndsTheChildrenToo()
    {
        await StartWaitingAsync("child");
        await Client.ScheduleNewOrchestrationInstanceAsync("Grandparent", "family", new StartOrchestrationOptions("family"), Cancellation);
        await ReachesAsync("family-grandchild", "waiting");
        await Client.TerminateInstanceAsync("family", new TerminateInstanceOptions(Recursive: true), Cancellation);
        foreach (var member in (string[])["family", "family-child", "family-grandchild"])
        {
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await CompletionOfAsync(member)).RuntimeStatus);
        }
    }

    [Fact]
    public async Task Terminate_NotRecursive_LeavesTheChildrenRunning()
    {
        await StartWaitingAsync("one");
        await ParentOfAsync("parent", "orphan");
        await Client.TerminateInstanceAsync("parent", Cancellation);
        await CompletionOfAsync("parent");
        await Client.RaiseEventAsync("orphan", "Go", Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await CompletionOfAsync("orphan")).RuntimeStatus);
    }

    [Fact]
    public async Task Suspend_ShowsTheStatus_AndHoldsEvents()
    {
        await StartWaitingAsync("one");
        await Client.SuspendInstanceAsync("one", "pause", Cancellation);
        await IsAsync("one", OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync("one", "Go", Cancellation);
        await Client.ResumeInstanceAsync("one", "on", Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await CompletionOfAsync("one")).RuntimeStatus);
        Assert.Equal(1, _activityRuns);
    }

    [Fact]
    public async Task Suspend_WhileSuspended_NothingRuns()
    {
        await StartWaitingAsync("one");
        await Client.SuspendInstanceAsync("one", null, Cancellation);
        await IsAsync("one", OrchestrationRuntimeStatus.Suspended);
        await Client.RaiseEventAsync("one", "Go", Cancellation);
        await RunAsync("Short");
        Assert.Equal(0, _activityRuns);
        await IsAsync("one", OrchestrationRuntimeStatus.Suspended);
    }

    [Fact]
    public async Task Suspend_Terminated_Ends()
    {
        await StartWaitingAsync("one");
        await Client.SuspendInstanceAsync("one", null, Cancellation);
        await IsAsync("one", OrchestrationRuntimeStatus.Suspended);
        await Client.TerminateInstanceAsync("one", Cancellation);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await CompletionOfAsync("one")).RuntimeStatus);
    }

    [Fact]
    public async Task Resume_ShowsRunningAgain()
    {
        await StartWaitingAsync("one");
        await Client.SuspendInstanceAsync("one", null, Cancellation);
        await IsAsync("one", OrchestrationRuntimeStatus.Suspended);
        await Client.ResumeInstanceAsync("one", null, Cancellation);
        await IsAsync("one", OrchestrationRuntimeStatus.Running);
    }

    private async Task StartWaitingAsync(string id)
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddActivity<object?, int>("Work", (_, _) => Task.FromResult(Interlocked.Increment(ref _activityRuns)));
            tasks.AddOrchestrator<object?, int>("Wait", async (context, _) =>
            {
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<object?>("Go");
                return await context.CallActivityAsync<int>("Work");
            });
            tasks.AddOrchestrator<string, int>("Parent", (context, child) =>
                context.CallSubOrchestratorAsync<int>("Wait", options: new SubOrchestrationOptions(instanceId: child)));
            tasks.AddOrchestrator<string, int>("Grandparent", (context, family) =>
                context.CallSubOrchestratorAsync<int>("Parent", $"{family}-grandchild", new SubOrchestrationOptions(instanceId: $"{family}-child")));
            tasks.AddOrchestrator<object?, int>("Short", (_, _) => Task.FromResult(1));
        });
        await Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions(id), Cancellation);
        await ReachesAsync(id, "waiting");
    }

    private async Task ParentOfAsync(string id, string child)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Parent", child, new StartOrchestrationOptions(id), Cancellation);
        await ReachesAsync(child, "waiting");
    }

    private Task IsAsync(string id, OrchestrationRuntimeStatus status) => UntilAsync(id, found => found.RuntimeStatus == status);
}
