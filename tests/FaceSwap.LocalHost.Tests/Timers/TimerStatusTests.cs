using FaceSwap.LocalHost.Timers;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Timers;

/// <summary>What a status that an earlier host left means today.</summary>
public sealed class TimerStatusTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimerSchedule Hourly = TimerSchedule.Of(TimerRig.NewFunction("0 0 * * * *"), TimerRig.Settings());

    [Fact]
    public void Initial_IsDueNext() => Assert.Equal(new TimerStatus(default, Noon.AddHours(1), Noon), TimerStatus.Initial(Hourly, Noon));

    [Fact]
    public void Stored_WithAMissedRun_StaysDue()
    {
        var stored = TimerStatus.AfterRun(Hourly, Noon.AddHours(-3));

        Assert.Equal(Noon.AddHours(-2), stored.By(Hourly, Noon).Next);
    }

    [Fact]
    public void Stored_BeforeTheFirstRun_StaysDue()
    {
        var stored = TimerStatus.Initial(Hourly, Noon.AddHours(-3));

        Assert.Same(stored, stored.By(Hourly, Noon));
    }

    [Fact]
    public void Stored_ByAnotherSchedule_IsNotPastDue()
    {
        var stored = new TimerStatus(Noon.AddHours(-3), Noon.AddMinutes(-150), Noon.AddHours(-3));

        Assert.Equal(new TimerStatus(default, Noon.AddHours(1), Noon), stored.By(Hourly, Noon));
    }

    [Fact]
    public void Stored_ByAnotherScheduleForLater_ComesForward()
    {
        var stored = new TimerStatus(Noon.AddMinutes(-10), Noon.AddDays(1), Noon.AddMinutes(-10));

        Assert.Equal(new TimerStatus(default, Noon, Noon.AddMinutes(-10)), stored.By(Hourly, Noon.AddMinutes(-5)));
    }
}
