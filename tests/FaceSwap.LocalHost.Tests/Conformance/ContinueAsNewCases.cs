using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Orchestrations that begin anew with another input.</summary>
public abstract class ContinueAsNewCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    [Fact]
    public async Task ContinueAsNew_GivesTheNewInput_UnderTheSameId()
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<int, string>("Count", (context, count) =>
        {
            if (count < 5)
            {
                context.ContinueAsNew(count + 1);
            }

            return Task.FromResult($"{context.InstanceId} {count}");
        }));
        var ended = await RunAsync("Count", 0);
        IsCompleted($"{ended.InstanceId} 5", ended);
        Assert.Equal("5", ended.SerializedInput);
    }

    [Fact]
    public async Task ContinueAsNew_AfterActivities_StartsWithACleanHistory()
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddActivity<int, int>("Next", (_, value) => Task.FromResult(value + 1));
            tasks.AddOrchestrator<int, int>("Count", async (context, value) =>
            {
                int next = await context.CallActivityAsync<int>("Next", value);
                await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                if (next < 4)
                {
                    context.ContinueAsNew(next);
                }

                return next;
            });
        });
        IsCompleted(4, await RunAsync("Count", 0));
    }

    [Fact]
    public async Task ContinueAsNew_KeepingEvents_CarriesTheUnprocessed()
    {
        string id = await StartCollectorAsync(preserve: true);
        IsCompleted("kept", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task ContinueAsNew_DroppingEvents_LosesTheUnprocessed()
    {
        string id = await StartCollectorAsync(preserve: false);
        await ReachesAsync(id, "second");
        await Client.RaiseEventAsync(id, "Data", "fresh", Cancellation);
        IsCompleted("fresh", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task ContinueAsNew_ThenFails_FailsTheInstance()
    {
        var ended = await RunAsync<int>(context =>
        {
            context.ContinueAsNew();
            throw new InvalidOperationException("after all");
        });
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    [Fact]
    public async Task ContinueAsNew_OfAChild_ReportsToItsParentAtTheEnd()
    {
        var ended = await RunAsync(
            context => context.CallSubOrchestratorAsync<int>("Child", 0),
            tasks => tasks.AddOrchestrator<int, int>("Child", (context, count) =>
            {
                if (count < 3)
                {
                    context.ContinueAsNew(count + 1);
                }

                return Task.FromResult(count);
            }));
        IsCompleted(3, ended);
    }

    [Fact]
    public async Task ContinueAsNew_WithVersion_ShowsItToTheNextGeneration()
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<bool, string>("Main", (context, isSecond) =>
        {
            if (!isSecond)
            {
                context.ContinueAsNew(new ContinueAsNewOptions { NewInput = true, NewVersion = "2.0" });
            }

            return Task.FromResult(context.Version);
        }));
        IsCompleted("2.0", await RunAsync("Main", false));
    }

    // The first generation waits for "Go" while "Data" lies unread; the second reads "Data".
    private async Task<string> StartCollectorAsync(bool preserve)
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<bool, string>("Main", async (context, isSecond) =>
        {
            if (!isSecond)
            {
                await context.WaitForExternalEvent<string>("Go");
                context.ContinueAsNew(true, preserve);
                return "first";
            }

            context.SetCustomStatus("second");
            return await context.WaitForExternalEvent<string>("Data");
        }));
        string id = await Client.ScheduleNewOrchestrationInstanceAsync("Main", false, Cancellation);
        await Client.RaiseEventAsync(id, "Data", "kept", Cancellation);
        await Client.RaiseEventAsync(id, "Go", "go", Cancellation);
        return id;
    }
}
