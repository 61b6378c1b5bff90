using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

/// <summary>Calling activities: values, failures, order, fan-out.</summary>
public abstract class ActivityCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    [Fact]
    public async Task CallActivity_InSequence_ReturnsEachResult()
    {
        var ended = await RunAsync(
            async context =>
            {
                int value = 1;
                for (int i = 0; i < 5; i++)
                {
                    value = await context.CallActivityAsync<int>("Double", value);
                }

                return value;
            },
            Double);
        IsCompleted(32, ended);
    }

    [Fact]
    public async Task CallActivity_FanOut_GathersAllInOrder()
    {
        var ended = await RunAsync(
            context => Task.WhenAll(Enumerable.Range(0, 50).Select(i => context.CallActivityAsync<int>("Double", i))),
            Double);
        IsCompleted<int[]>([.. Enumerable.Range(0, 50).Select(i => i * 2)], ended);
    }

    [Fact]
    public async Task CallActivity_WhenAny_GoesOnWithTheFirst()
    {
        TaskCompletionSource never = new();
        var ended = await RunAsync(
            async context =>
            {
                var slow = context.CallActivityAsync<string>("Slow");
                var fast = context.CallActivityAsync<string>("Fast");
                return await await Task.WhenAny(slow, fast);
            },
            tasks =>
            {
                tasks.AddActivity<object?, string>("Slow", async (_, _) =>
                {
                    await never.Task;
                    return "slow";
                });
                tasks.AddActivity<object?, string>("Fast", (_, _) => Task.FromResult("fast"));
            });
        never.SetResult();
        IsCompleted("fast", ended);
    }

    [Fact]
    public async Task CallActivity_ThatFails_ThrowsTaskFailedWithTheCause()
    {
        var ended = await RunAsync(
            async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail");
                    return "nothing";
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName}|{failed.FailureDetails.ErrorMessage}|{failed.FailureDetails.IsCausedBy<InvalidTimeZoneException>()}|{failed.FailureDetails.IsCausedBy<TimeoutException>()}";
                }
            },
            tasks => tasks.AddActivity<object?, int>("Fail", (_, _) => throw new InvalidTimeZoneException("no such zone")));
        IsCompleted("Fail|no such zone|True|False", ended);
    }

    [Fact]
    public async Task CallActivity_ThatFailsWithInner_KeepsTheInnerFailure()
    {
        var ended = await RunAsync(
            async context =>
            {
                try
                {
                    await context.CallActivityAsync("Fail");
                    return "nothing";
                }
                catch (TaskFailedException failed)
                {
                    return failed.FailureDetails.InnerFailure?.ErrorMessage;
                }
            },
            tasks => tasks.AddActivity<object?, int>(
                "Fail", (_, _) => throw new InvalidOperationException("outer", new TimeoutException("inner"))));
        IsCompleted("inner", ended);
    }

    [Fact]
    public async Task CallActivity_UnhandledFailure_FailsTheOrchestration()
    {
        var ended = await RunAsync(
            async context =>
            {
                await context.CallActivityAsync("Fail");
                return 0;
            },
            tasks => tasks.AddActivity<object?, int>("Fail", (_, _) => throw new InvalidTimeZoneException("no such zone")));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("no such zone", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallActivity_Unknown_FailsTheCall()
    {
        var ended = await RunAsync(async context =>
        {
            await context.CallActivityAsync("Nowhere");
            return 0;
        });
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Nowhere", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallActivity_NullInput_ArrivesAsNull()
    {
        var ended = await RunAsync(
            context => context.CallActivityAsync<bool>("IsNull", input: null),
            tasks => tasks.AddActivity<string?, bool>("IsNull", (_, input) => Task.FromResult(input is null)));
        IsCompleted(true, ended);
    }

    [Fact]
    public async Task CallActivity_Values_SurviveTheSerialiser()
    {
        Payload payload = new("name", 1L << 60, [1, 2, 3], new DateTimeOffset(2026, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)), null);
        var ended = await RunAsync(
            context => context.CallActivityAsync<Payload>("Echo", payload),
            tasks => tasks.AddActivity<Payload, Payload>("Echo", (_, input) => Task.FromResult(input)));
        var back = ended.ReadOutputAs<Payload>()!;
        Assert.Equal(payload with { Bytes = back.Bytes }, back);
        Assert.Equal(payload.Bytes, back.Bytes);
    }

    [Fact]
    public async Task CallActivity_Context_NamesActivityAndInstance()
    {
        var ended = await RunAsync(
            context => context.CallActivityAsync<string>("Who"),
            tasks => tasks.AddActivity<object?, string>("Who", (context, _) => Task.FromResult($"{context.Name.Name} {context.InstanceId}")));
        IsCompleted($"Who {ended.InstanceId}", ended);
    }

    [Fact]
    public async Task CallActivity_OptionsGivenAsInput_IsRefused()
    {
        var ended = await RunAsync(
            context => context.CallActivityAsync<int>("Double", (object)new TaskOptions((TaskRetryOptions?)null)), Double);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
    }

    private static void Double(ITaskRegistrar tasks) =>
        tasks.AddActivity<int, int>("Double", (_, value) => Task.FromResult(value * 2));

    private sealed record Payload(string Name, long Number, byte[] Bytes, DateTimeOffset At, string? Nothing);
}
