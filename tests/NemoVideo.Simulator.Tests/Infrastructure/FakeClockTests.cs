using FaceSwap.Testing.Time;
using Xunit;

namespace NemoVideo.Simulator.Tests.Infrastructure;

public sealed class FakeClockTests
{
    [Fact]
    public async Task Delay_WhenTimeReachesIt_Ends()
    {
        var clock = new FakeClock();
        var delay = Task.Delay(TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        await delay;
    }

    [Fact]
    public void Timers_OnTheWay_FireInOrderEachAtItsMoment()
    {
        var clock = new FakeClock();
        var start = clock.GetUtcNow();
        var fired = new List<double>();
        void Note(object? state) => fired.Add((clock.GetUtcNow() - start).TotalSeconds);
        using var second = clock.CreateTimer(Note, null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var periodic = clock.CreateTimer(Note, null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal([2, 4, 5, 6], fired);
        Assert.Equal(TimeSpan.FromSeconds(6), clock.GetElapsedTime(start.UtcTicks));
    }
}
