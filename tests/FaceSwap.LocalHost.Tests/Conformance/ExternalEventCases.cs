using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>External events: buffering, order, names, time-outs, and events between orchestrations.</summary>
public abstract class ExternalEventCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    [Fact]
    public async Task WaitForExternalEvent_Raised_ReturnsThePayload()
    {
        string id = await BeginAsync(async context =>
        {
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Go");
        });
        await ReachesAsync(id, "waiting");
        await Client.RaiseEventAsync(id, "Go", "payload", Cancellation);
        IsCompleted("payload", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_RaisedBefore_IsBuffered()
    {
        string id = await BeginAsync(async context =>
        {
            context.SetCustomStatus("busy");
            await context.WaitForExternalEvent<string>("Continue");
            return await context.WaitForExternalEvent<string>("Early");
        });
        await Client.RaiseEventAsync(id, "Early", "early", Cancellation);
        await Client.RaiseEventAsync(id, "Continue", "now", Cancellation);
        IsCompleted("early", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_OtherCase_IsTheSameEvent()
    {
        string id = await BeginAsync(context => context.WaitForExternalEvent<int>("APPROVAL"));
        await Client.RaiseEventAsync(id, "approval", 7, Cancellation);
        IsCompleted(7, await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_Several_ArriveInOrder()
    {
        string id = await BeginAsync(async context =>
        {
            List<int> seen = [];
            while (seen.Count < 20)
            {
                seen.Add(await context.WaitForExternalEvent<int>("Number"));
            }

            return seen.ToArray();
        });
        for (int i = 0; i < 20; i++)
        {
            await Client.RaiseEventAsync(id, "Number", i, Cancellation);
        }

        IsCompleted<int[]>([.. Enumerable.Range(0, 20)], await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_DifferentNames_DoNotMix()
    {
        string id = await BeginAsync(async context =>
        {
            var one = context.WaitForExternalEvent<string>("One");
            var two = context.WaitForExternalEvent<string>("Two");
            return $"{await one} {await two}";
        });
        await Client.RaiseEventAsync(id, "Two", "2", Cancellation);
        await Client.RaiseEventAsync(id, "One", "1", Cancellation);
        IsCompleted("1 2", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_NoPayload_ReadsAsNull()
    {
        string id = await BeginAsync(async context => await context.WaitForExternalEvent<string?>("Go") is null);
        await Client.RaiseEventAsync(id, "Go", Cancellation);
        IsCompleted(true, await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_TimesOut_IsCancelled()
    {
        string id = await BeginAsync(async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Never", TimeSpan.FromMilliseconds(30));
            }
            catch (OperationCanceledException)
            {
                return "timed out";
            }
        });
        IsCompleted("timed out", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_InTime_BeatsTheTimeOut()
    {
        string id = await BeginAsync(context => context.WaitForExternalEvent<string>("Go", TimeSpan.FromHours(5)));
        await Client.RaiseEventAsync(id, "Go", "in time", Cancellation);
        IsCompleted("in time", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_AfterATimeOut_TakesTheNextEvent()
    {
        string id = await BeginAsync(async context =>
        {
            try
            {
                await context.WaitForExternalEvent<string>("Go", TimeSpan.FromMilliseconds(20));
            }
            catch (OperationCanceledException)
            {
                context.SetCustomStatus("again");
            }

            return await context.WaitForExternalEvent<string>("Go");
        });
        await ReachesAsync(id, "again");
        await Client.RaiseEventAsync(id, "Go", "second", Cancellation);
        IsCompleted("second", await CompletionOfAsync(id));
    }

    [Fact]
    public async Task WaitForExternalEvent_OneNameTwoTypes_IsRefused()
    {
        string id = await BeginAsync(context =>
        {
            _ = context.WaitForExternalEvent<string>("Go");
            _ = context.WaitForExternalEvent<int>("Go");
            return Task.FromResult(0);
        });
        var ended = await CompletionOfAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    [Fact]
    public async Task Raising_ToAMissingInstance_Throws()
    {
        await BeginAsync(_ => Task.FromResult(0));
        await Assert.ThrowsAnyAsync<Exception>(() => Client.RaiseEventAsync("missing", "Go", cancellation: Cancellation));
    }

    [Fact]
    public async Task Raising_ToAFinishedInstance_Throws()
    {
        string id = await BeginAsync(_ => Task.FromResult(0));
        await CompletionOfAsync(id);
        await Assert.ThrowsAnyAsync<Exception>(() => Client.RaiseEventAsync(id, "Go", cancellation: Cancellation));
    }

    [Fact]
    public async Task SendEvent_ToAnotherOrchestration_Arrives()
    {
        await StartEngineAsync(tasks =>
        {
            tasks.AddOrchestrator<object?, string>("Receiver", (context, _) => context.WaitForExternalEvent<string>("Mail"));
            tasks.AddOrchestrator<string, int>("Sender", (context, to) =>
            {
                context.SendEvent(to, "Mail", "hello");
                return Task.FromResult(0);
            });
        });
        string receiver = await Client.ScheduleNewOrchestrationInstanceAsync("Receiver", Cancellation);
        IsCompleted(0, await RunAsync("Sender", receiver));
        IsCompleted("hello", await CompletionOfAsync(receiver));
    }

    private async Task<string> BeginAsync<T>(Func<TaskOrchestrationContext, Task<T>> code)
    {
        await StartEngineAsync(tasks => tasks.AddOrchestrator<object?, T>("Main", (context, _) => code(context)));
        return await Client.ScheduleNewOrchestrationInstanceAsync("Main", Cancellation);
    }
}
