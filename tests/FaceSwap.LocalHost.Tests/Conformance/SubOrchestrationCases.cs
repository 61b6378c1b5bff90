using Microsoft.DurableTask;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Orchestrations that call orchestrations.</summary>
public abstract class SubOrchestrationCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    [Fact]
    public async Task CallSubOrchestrator_ReturnsItsOutput()
    {
        var ended = await RunAsync(
            context => context.CallSubOrchestratorAsync<string>("Child", "x"),
            tasks => tasks.AddOrchestrator<string, string>("Child", (_, input) => Task.FromResult(input + "!")));
        IsCompleted("x!", ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_Nested_ReturnsThroughAllLevels()
    {
        var ended = await RunAsync(
            context => context.CallSubOrchestratorAsync<int>("Depth", 5),
            tasks => tasks.AddOrchestrator<int, int>("Depth", async (context, left) =>
                left == 0 ? 0 : 1 + await context.CallSubOrchestratorAsync<int>("Depth", left - 1)));
        IsCompleted(5, ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_FanOut_GathersAll()
    {
        var ended = await RunAsync(
            context => Task.WhenAll(Enumerable.Range(0, 20).Select(i => context.CallSubOrchestratorAsync<int>("Child", i))),
            tasks => tasks.AddOrchestrator<int, int>("Child", (_, input) => Task.FromResult(input * input)));
        IsCompleted<int[]>([.. Enumerable.Range(0, 20).Select(i => i * i)], ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_WithId_RunsUnderIt()
    {
        var ended = await RunAsync(
            context => context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child-7")),
            tasks => tasks.AddOrchestrator<object?, string>("Child", (context, _) => Task.FromResult(context.InstanceId)));
        IsCompleted("child-7", ended);
        Assert.NotNull(await Client.GetInstanceAsync("child-7", Cancellation));
    }

    [Fact]
    public async Task CallSubOrchestrator_WithoutId_GetsOneOfItsOwn()
    {
        var ended = await RunAsync(
            async context =>
            {
                string one = await context.CallSubOrchestratorAsync<string>("Child");
                string two = await context.CallSubOrchestratorAsync<string>("Child");
                return one != two && one != context.InstanceId;
            },
            tasks => tasks.AddOrchestrator<object?, string>("Child", (context, _) => Task.FromResult(context.InstanceId)));
        IsCompleted(true, ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_Parent_IsKnownToTheChild()
    {
        var ended = await RunAsync(
            context => context.CallSubOrchestratorAsync<string>("Child"),
            tasks => tasks.AddOrchestrator<object?, string>("Child", (context, _) => Task.FromResult(context.Parent!.InstanceId)));
        IsCompleted(ended.InstanceId, ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_ThatFails_ThrowsTaskFailed()
    {
        var ended = await RunAsync(
            async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                    return "nothing";
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName}: {failed.FailureDetails.ErrorMessage}";
                }
            },
            tasks => tasks.AddOrchestrator<object?, int>("Child", (_, _) => throw new InvalidOperationException("child broke")));
        IsCompleted("Child: child broke", ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_ThatAwaitsAFailedActivity_NamesTheCauseInside()
    {
        var ended = await RunAsync(
            async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                    return "nothing";
                }
                catch (TaskFailedException failed)
                {
                    return failed.FailureDetails.InnerFailure?.ErrorMessage ?? "no inner failure";
                }
            },
            tasks =>
            {
                tasks.AddActivity<object?, int>("Fail", (_, _) => throw new InvalidTimeZoneException("deep"));
                tasks.AddOrchestrator<object?, int>("Child", (context, _) => context.CallActivityAsync<int>("Fail"));
            });
        IsCompleted("deep", ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_Unknown_FailsTheCall()
    {
        var ended = await RunAsync(async context =>
        {
            try
            {
                await context.CallSubOrchestratorAsync("Nowhere");
                return "nothing";
            }
            catch (TaskFailedException)
            {
                return "failed";
            }
        });
        IsCompleted("failed", ended);
    }

    [Fact]
    public async Task CallSubOrchestrator_Terminated_FailsTheCall()
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddOrchestrator<object?, string>("Main", async (context, _) =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "victim"));
                    return "nothing";
                }
                catch (TaskFailedException)
                {
                    return "failed";
                }
            });
            tasks.AddOrchestrator<object?, int>("Child", (context, _) =>
            {
                context.SetCustomStatus("waiting");
                return context.WaitForExternalEvent<int>("Never");
            });
        });
        string id = await Client.ScheduleNewOrchestrationInstanceAsync("Main", Cancellation);
        await ReachesAsync("victim", "waiting");
        await Client.TerminateInstanceAsync("victim", "enough", Cancellation);
        IsCompleted("failed", await CompletionOfAsync(id));
    }
}
