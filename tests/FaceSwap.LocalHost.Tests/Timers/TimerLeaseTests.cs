using FaceSwap.LocalHost.Timers;
using FaceSwap.Testing.Time;
using FaceSwap.Tests.Product;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Timers;

/// <summary>Of the hosts that share a task hub, one runs the timers.</summary>
public sealed class TimerLeaseTests
{
    private const string EachSecond = "* * * * * *";

    [Fact]
    public async Task Timers_OfTwoHosts_FireOnOneOfThem()
    {
        await using var first = new TimerRig(EachSecond).Start();
        await first.SettledAsync();
        await using var second = new TimerRig(EachSecond, blobs: first.Blobs, clock: first.Clock).Start();
        await second.SettledAsync(3);

        for (var passed = 0; passed < 40; passed++)
        {
            first.Clock.Advance(TimeSpan.FromSeconds(1));
            await second.SettledAsync(3);
        }

        Assert.Equal((40, 0), (first.Runs.Count, second.Runs.Count));
    }

    [Fact]
    public async Task Lease_OfAHostThatStops_PassesOnAtOnce()
    {
        var first = new TimerRig(EachSecond).Start();
        await first.SettledAsync();
        await using var second = new TimerRig(EachSecond, blobs: first.Blobs, clock: first.Clock).Start();
        await second.SettledAsync(3);

        await first.DisposeAsync();
        await second.SettledAsync(1);
        second.Clock.Advance(TimerLease.Interval);
        await second.SettledAsync();
        await second.PassAsync(1);

        Assert.Single(second.Runs);
    }

    [Fact]
    public async Task Lease_OfAKilledHost_PassesOnWithinItsPeriod()
    {
        var clock = new FakeClock();
        var blobs = new MemoryBlobs { Time = clock };
        await using (var first = new TimerRig(EachSecond, blobs: blobs, clock: clock).Start())
        {
            await first.SettledAsync();

            // A killed host gives nothing back.
            blobs.Before = (_, path) => path.Contains("locks/", StringComparison.Ordinal) ? Task.FromException(new HttpRequestException("It is gone.")) : Task.CompletedTask;
        }

        blobs.Before = null;

        // Its last wait may end inside the code that it resumes, with its timer still there.
        await Eventually.HoldsAsync(() => clock.WaitingTimers == 0, "the killed host's timers are gone");
        await using var second = new TimerRig(EachSecond, blobs: blobs, clock: clock).Start();
        for (var passed = TimeSpan.Zero; passed < TimerLease.Period; passed += TimerLease.Interval)
        {
            await second.SettledAsync(1);
            Assert.Equal(1, clock.WaitingTimers);
            clock.Advance(TimerLease.Interval);
        }

        await second.SettledAsync();
        await second.PassAsync(1);
        Assert.Single(second.Runs);
    }

    [Fact]
    public async Task Timers_OfAHostThatCannotRenew_StopBeforeAnotherMayTakeOver()
    {
        await using var rig = new TimerRig(EachSecond).Start();
        await rig.SettledAsync();
        rig.Blobs.Before = (_, _) => Task.FromException(new HttpRequestException("Storage is away."));

        for (var passed = TimeSpan.Zero; passed < TimerLease.Period; passed += TimeSpan.FromSeconds(1))
        {
            rig.Clock.Advance(TimeSpan.FromSeconds(1));
            await rig.SettledAsync(1);
        }

        await Eventually.HoldsAsync(() => rig.Clock.NextWait > TimeSpan.FromSeconds(1), "no timer waits for the next second");
        Assert.InRange(rig.Runs.Count, 1, TimerLease.Period.TotalSeconds);
        rig.Blobs.Before = null;
        rig.Clock.Advance(TimerLease.Period);
        await rig.SettledAsync();
    }
}
