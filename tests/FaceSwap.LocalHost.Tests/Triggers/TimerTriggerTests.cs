using FaceSwap.LocalHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Triggers;

/// <summary>Timer functions: schedules, downtime, the start of the host.</summary>
public sealed class TimerTriggerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _deadline.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Schedule_EverySecond_FiresOnTheSecond()
    {
        await using HostFixture host = new() { Schedule = "* * * * * *" };
        await host.StartAsync();
        var ticks = await TicksAsync(host, 2);
        Assert.All(ticks, tick => Assert.False(tick.IsPastDue));
        Assert.Equal(0, ticks[1].ScheduleStatus!.Next.Ticks % TimeSpan.TicksPerSecond);
        Assert.True(ticks[1].ScheduleStatus!.Last >= ticks[0].ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Schedule_DueWhileStopped_FiresPastDueOnce()
    {
        await using HostFixture host = new() { Schedule = "0 0 * * * *" };
        await host.StartAsync();
        await host.StopAsync();
        Assert.Empty(host.State.Ticks);

        host.Time = new ShiftedClock(TimeSpan.FromHours(3));
        await host.StartAsync();
        Assert.True(Assert.Single(await TicksAsync(host, 1)).IsPastDue);

        await host.StopAsync();
        await host.StartAsync();
        Assert.Single(host.State.Ticks);
    }

    [Fact]
    public async Task RunOnStartup_RunsAtEachStart_NotPastDue()
    {
        await using HostFixture host = new();
        await host.StartAsync();
        while (host.State.Starts.Count == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _deadline.Token);
        }

        Assert.False(host.State.Starts.First().IsPastDue);
        Assert.Empty(host.State.Ticks);
    }

    [Fact]
    public async Task Schedule_Unreadable_KeepsTheHostFromStarting()
    {
        await using HostFixture host = new() { Schedule = "every now and then" };
        var problem = await Assert.ThrowsAsync<AppSetupException>(host.StartAsync);
        Assert.Contains("every now and then", problem.Message, StringComparison.Ordinal);
    }

    private async Task<TimerInfo[]> TicksAsync(HostFixture host, int count)
    {
        while (host.State.Ticks.Count < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _deadline.Token);
        }

        return [.. host.State.Ticks];
    }
}
