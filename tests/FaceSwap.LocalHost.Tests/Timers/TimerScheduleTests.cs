using FaceSwap.LocalHost.Timers;
using Xunit;

namespace FaceSwap.LocalHost.Tests.Timers;

/// <summary>When a timer function is due.</summary>
public sealed class TimerScheduleTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 */15 * * * *", "00:15:00")]
    [InlineData("*/15 * * * *", "00:15:00")]
    [InlineData("*/10 * * * * *", "00:00:10")]
    [InlineData("0 30 4 * * *", "04:30:00")]
    public void Next_IsTheNextOccurrenceInUtc(string schedule, string after)
    {
        var next = Of(schedule).NextAfter(Start);

        Assert.Equal((Start + TimeSpan.Parse(after), DateTimeKind.Utc), (next, next.Kind));
    }

    [Theory]
    [InlineData("* * * * * *", true)]
    [InlineData("*/30 * * * * *", true)]
    [InlineData("0,5 * * * * *", true)]
    [InlineData("0 * * * * *", false)]
    [InlineData("* * * * *", false)]
    [InlineData("*/10 0 * * * *", false)]
    public void Frequency_AboveOnceAMinute_IsKnown(string schedule, bool expected) => Assert.Equal(expected, Of(schedule).OccursWithinMinutes);

    [Theory]
    [InlineData("%TICKS%", "TICKS")]
    [InlineData("%Batches__Ticks%", "Batches:Ticks")]
    [InlineData("0 %MINUTES% * * * *", "MINUTES")]
    public void Setting_ThatTheScheduleNames_TakesItsPlace(string schedule, string setting)
    {
        var value = setting == "MINUTES" ? "5" : "0 5 * * * *";

        Assert.Equal(Start.AddMinutes(5), Of(schedule, (setting, value)).NextAfter(Start));
    }

    [Fact]
    public void Setting_ThatIsMissing_IsNamed()
    {
        var problem = Assert.Throws<StartupException>(() => Of("%TICKS%"));

        Assert.Equal("The setting TICKS is missing. The schedule of the timer function Tick needs it.", problem.Message);
    }

    [Theory]
    [InlineData("sometimes")]
    [InlineData("0 61 * * * *")]
    [InlineData("")]
    [InlineData("* * * *")]
    public void Schedule_ThatIsInvalid_IsNamed(string schedule)
    {
        var problem = Assert.Throws<StartupException>(() => Of(schedule));

        Assert.StartsWith($"The schedule '{schedule}' of the timer function Tick is invalid.", problem.Message, StringComparison.Ordinal);
    }

    private static TimerSchedule Of(string schedule, params (string Name, string Value)[] settings) =>
        TimerSchedule.Of(TimerRig.NewFunction(schedule), TimerRig.Settings(settings));
}
