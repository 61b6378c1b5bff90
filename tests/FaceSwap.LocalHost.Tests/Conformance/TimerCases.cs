using Xunit;

namespace FaceSwap.LocalHost.Tests.Conformance;

#pragma warning disable CA1849 // An orchestrator awaits nothing but its context: CancelAsync would leave its thread.
/// <summary>Durable timers.</summary>
public abstract class TimerCases<TEngine> : ConformanceCase<TEngine>
    where TEngine : IConformanceEngine, new()
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromHours(10);

    [Fact]
    public async Task CreateTimer_Fires_NotBeforeItsTime()
    {
        var ended = await RunAsync(async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(Short, CancellationToken.None);
            return context.CurrentUtcDateTime - start >= Short;
        });
        IsCompleted(true, ended);
    }

    [Fact]
    public async Task CreateTimer_InThePast_FiresAtOnce()
    {
        var ended = await RunAsync(async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
            return "fired";
        });
        IsCompleted("fired", ended);
    }

    [Fact]
    public async Task CreateTimer_Several_FireInOrderOfTime()
    {
        var ended = await RunAsync(async context =>
        {
            List<int> order = [];
            async Task Wait(int number)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(40 * number), CancellationToken.None);
                order.Add(number);
            }

            await Task.WhenAll(Wait(3), Wait(1), Wait(2));
            return order.ToArray();
        });
        IsCompleted<int[]>([1, 2, 3], ended);
    }

    [Fact]
    public async Task CreateTimer_Cancelled_ThrowsAndTheOrchestrationGoesOn()
    {
        var ended = await RunAsync(async context =>
        {
            using CancellationTokenSource source = new();
            var timer = context.CreateTimer(Long, source.Token);
            source.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        });
        IsCompleted("cancelled", ended);
    }

    [Fact]
    public async Task CreateTimer_AlreadyCancelled_Throws()
    {
        var ended = await RunAsync(async context =>
        {
            using CancellationTokenSource source = new();
            source.Cancel();
            try
            {
                await context.CreateTimer(Long, source.Token);
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        });
        IsCompleted("cancelled", ended);
    }

    [Fact]
    public async Task CreateTimer_AsDeadline_TheActivityWins()
    {
        var ended = await RunAsync(
            async context =>
            {
                using CancellationTokenSource source = new();
                var work = context.CallActivityAsync<string>("Work");
                var deadline = context.CreateTimer(Long, source.Token);
                var first = await Task.WhenAny(work, deadline);
                source.Cancel();
                return first == work ? await work : "late";
            },
            tasks => tasks.AddActivity<object?, string>("Work", (_, _) => Task.FromResult("done")));
        IsCompleted("done", ended);
    }

    [Fact]
    public async Task CreateTimer_AsDeadline_TheTimerWins()
    {
        TaskCompletionSource never = new();
        var ended = await RunAsync(
            async context =>
            {
                var work = context.CallActivityAsync<string>("Work");
                var deadline = context.CreateTimer(Short, CancellationToken.None);
                return await Task.WhenAny(work, deadline) == deadline ? "late" : "done";
            },
            tasks => tasks.AddActivity<object?, string>("Work", async (_, _) =>
            {
                await never.Task;
                return "done";
            }));
        never.SetResult();
        IsCompleted("late", ended);
    }

    [Fact]
    public async Task CreateTimer_LeftBehind_DoesNotHoldTheEnd()
    {
        var ended = await RunAsync(context =>
        {
            _ = context.CreateTimer(Long, CancellationToken.None);
            return Task.FromResult("over");
        });
        IsCompleted("over", ended);
    }
}
