using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>What the context tells and keeps stable over replays.</summary>
public abstract class ContextCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    [Fact]
    public async Task Context_NamesTheOrchestration()
    {
        var ended = await RunAsync(context =>
            Task.FromResult($"{context.Name.Name} {context.InstanceId} {context.Parent is null}"));
        IsCompleted($"Main {ended.InstanceId} True", ended);
    }

    [Fact]
    public async Task GetInput_ReadsTheInputAgain()
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<int, int>("Main", (context, input) =>
            Task.FromResult(input + context.GetInput<int>())));
        IsCompleted(14, await RunAsync("Main", 7));
    }

    [Fact]
    public async Task NewGuid_StaysTheSameInReplay()
    {
        List<Guid> seen = [];
        var ended = await RunAsync(
            async context =>
            {
                var first = context.NewGuid();
                var second = context.NewGuid();
                lock (seen)
                {
                    seen.Add(first);
                }

                await context.CallActivityAsync("Nothing");
                await context.CallActivityAsync("Nothing");
                return first != second;
            },
            Nothing);
        IsCompleted(true, ended);
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task CurrentUtcDateTime_StaysTheSameInReplay()
    {
        List<DateTime> seen = [];
        var ended = await RunAsync(
            async context =>
            {
                var start = context.CurrentUtcDateTime;
                lock (seen)
                {
                    seen.Add(start);
                }

                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                return context.CurrentUtcDateTime > start && start.Kind == DateTimeKind.Utc;
            });
        IsCompleted(true, ended);
        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task SetCustomStatus_IsSeenWhileItRuns()
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<object?, string>("Main", async (context, _) =>
        {
            context.SetCustomStatus("one");
            await context.WaitForExternalEvent<object?>("Go");
            context.SetCustomStatus("two");
            return await context.WaitForExternalEvent<string>("Go");
        }));
        string id = await Client.ScheduleNewOrchestrationInstanceAsync("Main", Cancellation);
        await ReachesAsync(id, "one");
        await Client.RaiseEventAsync(id, "Go", Cancellation);
        await ReachesAsync(id, "two");
    }

    [Fact]
    public async Task SetCustomStatus_Last_StaysAfterTheEnd()
    {
        var ended = await RunAsync(context =>
        {
            context.SetCustomStatus(new { Stage = "first" });
            context.SetCustomStatus(new { Stage = "last" });
            return Task.FromResult(0);
        });
        Assert.Equal("{\"Stage\":\"last\"}", ended.SerializedCustomStatus);
    }

    [Fact]
    public async Task IsReplaying_IsFalseWhereSomethingIsNew()
    {
        List<bool> first = [];
        var ended = await RunAsync(
            async context =>
            {
                first.Add(context.IsReplaying);
                await context.CallActivityAsync("Nothing");
                bool isReplaying = context.IsReplaying;
                return isReplaying;
            },
            Nothing);
        IsCompleted(false, ended);
        Assert.False(first[0]);
        Assert.All(first.Skip(1), Assert.True);
    }

    [Fact]
    public async Task Version_OfTheStart_IsSeenByOrchestratorAndActivity()
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddActivity<object?, string>("Version", (context, _) => Task.FromResult(context.Version));
            tasks.AddOrchestrator<object?, string>("Main", async (context, _) =>
                $"{context.Version} {await context.CallActivityAsync<string>("Version")} {context.CompareVersionTo("1.5") > 0}");
        });
        var ended = await RunAsync("Main", null, new StartOrchestrationOptions { Version = new TaskVersion("2.0") });
        IsCompleted("2.0 2.0 True", ended);
    }

    [Fact]
    public async Task Main_ThrowsAtOnce_FailsAlone()
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddOrchestrator<object?, int>("Bad", (_, _) => throw new InvalidOperationException("poison"));
            tasks.AddOrchestrator<object?, int>("Good", (_, _) => Task.FromResult(1));
        });
        string bad = await Client.ScheduleNewOrchestrationInstanceAsync("Bad", Cancellation);
        IsCompleted(1, await RunAsync("Good"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await CompletionOfAsync(bad)).RuntimeStatus);
    }

    [Fact]
    public async Task Input_OfAnotherShape_FailsTheInstanceAlone()
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<int, int>("Number", (_, input) => Task.FromResult(input)));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await RunAsync("Number", "no number")).RuntimeStatus);
        IsCompleted(5, await RunAsync("Number", 5));
    }

    [Fact]
    public async Task Entities_Unsupported_SaysSo()
    {
        var ended = await RunAsync(context =>
        {
            _ = context.Entities;
            return Task.FromResult(0);
        });
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("ntities", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyOrchestrations_AtOnce_AllEnd()
    {
        await StartEngineAsync(tasks =>
        {
            Nothing(tasks);
            tasks.AddOrchestrator<int, int>("Main", async (context, input) =>
            {
                await context.CallActivityAsync("Nothing");
                await context.CallActivityAsync("Nothing");
                return input;
            });
        });
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            Client.ScheduleNewOrchestrationInstanceAsync("Main", i, Cancellation)));
        var ended = await Task.WhenAll(ids.Select(CompletionOfAsync));
        Assert.Equal(Enumerable.Range(0, 200), ended.Select(one => one.ReadOutputAs<int>()));
    }

    private static void Nothing(ITaskRegistrar tasks) => tasks.AddActivity<object?, int>("Nothing", (_, _) => Task.FromResult(0));
}
