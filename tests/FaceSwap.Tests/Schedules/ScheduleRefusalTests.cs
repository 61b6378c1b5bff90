using CsCheck;
using FaceSwap.Errors;
using FaceSwap.Schedules;
using Xunit;

namespace FaceSwap.Tests.Schedules;

/// <summary>What is no schedule is refused by a sentence that names the field and says what to write instead.</summary>
public sealed class ScheduleRefusalTests
{
    private const string Zone = "write the id of an IANA time zone, such as 'Europe/Berlin' or 'UTC'.";
    private const string Fields = "write five fields (minute, hour, day of month, month, day of week), such as '30 6 * * 1-5', or six with seconds first.";
    private const string Minutes = "write '*' or values from 0 to 59, such as '0,2', '0-4' or '*/2'.";
    private const string Hours = "write '*' or values from 0 to 23, such as '0,2', '0-4' or '*/2'.";
    private const string Days = "write '*' or values from 1 to 31, such as '1,3', '1-5' or '*/2'.";
    private const string Months = "write '*' or values from 1 or JAN to 12 or DEC, such as '1,3', '1-5' or '*/2'.";
    private const string DaysOfWeek = "write '*' or values from 0 or SUN to 6 or SAT, such as '0,2', '0-4' or '*/2'.";

    [Theory]
    [InlineData(null, $"'cron' is missing: {Fields}")]
    [InlineData("", $"'cron' is missing: {Fields}")]
    [InlineData("  ", $"'cron' is missing: {Fields}")]
    [InlineData("* * * *", $"'cron' has neither five nor six fields, but 4: {Fields}")]
    [InlineData("0 * * * * * *", $"'cron' has neither five nor six fields, but 7: {Fields}")]
    [InlineData("daily", $"'cron' has neither five nor six fields, but 1: {Fields}")]
    [InlineData("@daily", $"'cron' has a character that no schedule has: {Fields}")]
    [InlineData("00:05:00", $"'cron' has a character that no schedule has: {Fields}")]
    [InlineData("0\t9 * * *", $"'cron' has a character that no schedule has: {Fields}")]
    [InlineData("٣ * * * *", $"'cron' has a character that no schedule has: {Fields}")]
    [InlineData("60 * * * *", $"'cron' has '60' as its minute: {Minutes}")]
    [InlineData("0 24 * * *", $"'cron' has '24' as its hour: {Hours}")]
    [InlineData("60 0 0 * * *", "'cron' has '60' as its second: write '*' or values from 0 to 59, such as '0,2', '0-4' or '*/2'.")]
    [InlineData("0 0 0 * *", $"'cron' has '0' as its day of month: {Days}")]
    [InlineData("0 0 32 * *", $"'cron' has '32' as its day of month: {Days}")]
    [InlineData("0 0 L * *", $"'cron' has 'L' as its day of month: {Days}")]
    [InlineData("0 0 15W * *", $"'cron' has '15W' as its day of month: {Days}")]
    [InlineData("0 0 ? * *", $"'cron' has '?' as its day of month: {Days}")]
    [InlineData("0 0 * 13 *", $"'cron' has '13' as its month: {Months}")]
    [InlineData("0 0 * 0 *", $"'cron' has '0' as its month: {Months}")]
    [InlineData("0 0 * J *", $"'cron' has 'J' as its month: {Months}")]
    [InlineData("0 0 * JANE *", $"'cron' has 'JANE' as its month: {Months}")]
    [InlineData("0 0 * * 7", $"'cron' has '7' as its day of week: {DaysOfWeek}")]
    [InlineData("0 0 * * 5#3", $"'cron' has '5#3' as its day of week: {DaysOfWeek}")]
    [InlineData("0 0 * * MON-7", $"'cron' has 'MON-7' as its day of week: {DaysOfWeek}")]
    [InlineData("MON * * * *", $"'cron' has 'MON' as its minute: {Minutes}")]
    [InlineData("-5 * * * *", $"'cron' has '-5' as its minute: {Minutes}")]
    [InlineData("5- * * * *", $"'cron' has '5-' as its minute: {Minutes}")]
    [InlineData("*-5 * * * *", $"'cron' has '*-5' as its minute: {Minutes}")]
    [InlineData("1-2-3 * * * *", $"'cron' has '1-2-3' as its minute: {Minutes}")]
    [InlineData("005 * * * *", $"'cron' has '005' as its minute: {Minutes}")]
    [InlineData("99999999999 * * * *", $"'cron' has '99999999999' as its minute: {Minutes}")]
    [InlineData("1, * * * *", $"'cron' has '' as its minute: {Minutes}")]
    [InlineData(",1 * * * *", $"'cron' has '' as its minute: {Minutes}")]
    [InlineData("1,61,2 * * * *", $"'cron' has '61' as its minute: {Minutes}")]
    [InlineData("*/ * * * *", $"'cron' has '*/' as its minute: {Minutes}")]
    [InlineData("/5 * * * *", $"'cron' has '/5' as its minute: {Minutes}")]
    [InlineData("*/-5 * * * *", $"'cron' has '*/-5' as its minute: {Minutes}")]
    [InlineData("*/0 * * * *", "'cron' has the step '0' in its minute: write a step from 1 to 59.")]
    [InlineData("*/90 * * * *", "'cron' has the step '90' in its minute: write a step from 1 to 59.")]
    [InlineData("* */24 * * *", "'cron' has the step '24' in its hour: write a step from 1 to 23.")]
    [InlineData("* * * * */MON", "'cron' has the step 'MON' in its day of week: write a step from 1 to 6.")]
    [InlineData("0 22-2 * * *", "'cron' has '22-2' as its hour, a range that falls: write '22-23,0-2'.")]
    [InlineData("0 0 * * SAT-SUN", "'cron' has 'SAT-SUN' as its day of week, a range that falls: write '6,0'.")]
    [InlineData("0 0 * NOV-FEB *", "'cron' has 'NOV-FEB' as its month, a range that falls: write '11-12,1-2'.")]
    [InlineData("0 0 30 2 *", "'cron' has '30' as its day of month, which no month of '2' has: write a day that one of them has.")]
    [InlineData("0 0 0 30-31 FEB *", "'cron' has '30-31' as its day of month, which no month of 'FEB' has: write a day that one of them has.")]
    [InlineData("* * * 31 2,4,6,9,11 1", "'cron' has '31' as its day of month, which no month of '2,4,6,9,11' has: write a day that one of them has.")]
    public void Cron_ThatIsNone_IsRefusedByWhatToWrite(string? cron, string detail) => Assert.Equal(detail, RefusalOf(cron, "UTC").Message);

    [Theory]
    [InlineData(null, $"'timeZone' is missing: {Zone}")]
    [InlineData(" ", $"'timeZone' is missing: {Zone}")]
    [InlineData("Europe/Atlantis", $"'timeZone' is 'Europe/Atlantis', which is not known: {Zone}")]
    [InlineData("Europe", $"'timeZone' is 'Europe', which is not known: {Zone}")]
    [InlineData("CEST", $"'timeZone' is 'CEST', which is not known: {Zone}")]
    public void TimeZone_ThatIsMissingOrUnknown_IsRefused(string? zone, string detail) => Assert.Equal(detail, RefusalOf("* * * * *", zone).Message);

    [Theory]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC-11")]
    [InlineData("UTC+12")]
    [InlineData("+02:00")]
    [InlineData("+02")]
    [InlineData("Z\n")]
    [InlineData("utc")]
    [InlineData("localtime")]
    [InlineData("posix/Europe/Berlin")]
    [InlineData("../zoneinfo/Europe/Berlin")]
    [InlineData("/usr/share/zoneinfo/Europe/Berlin")]
    [InlineData("Europe//Berlin")]
    [InlineData("Europe/")]
    [InlineData("Zürich")]
    public void TimeZone_ThatHasAnotherForm_IsRefused(string zone) =>
        Assert.Equal($"'timeZone' is no id of an IANA time zone, but perhaps an offset or a name from Windows: {Zone}", RefusalOf("* * * * *", zone).Message);

    [Theory]
    [InlineData("UTC")]
    [InlineData("Etc/GMT+5")]
    [InlineData("Japan")]
    [InlineData("America/Argentina/ComodRivadavia")]
    [InlineData("America/Port-au-Prince")]
    public void TimeZone_OfIana_IsTaken(string zone) => Assert.NotNull(new ScheduleTimes("* * * * *", zone).Next(DateTimeOffset.UnixEpoch));

    [Fact]
    public void Texts_AreLimitedBeforeTheyAreRead()
    {
        var longest = string.Join(',', Enumerable.Repeat("10", 64)) + " * * * *";

        Assert.Equal(199, longest.Length);
        Assert.NotNull(new ScheduleTimes(longest + " ", "UTC").Next(DateTimeOffset.UnixEpoch));
        Assert.Equal($"'cron' has more than 200 characters: {Fields}", RefusalOf(longest + "  ", "UTC").Message);
        Assert.StartsWith("'timeZone' is 'A", RefusalOf("* * * * *", new string('A', 200)).Message, StringComparison.Ordinal);
        Assert.Equal($"'timeZone' has more than 200 characters: {Zone}", RefusalOf("* * * * *", new string('A', 201)).Message);
    }

    // Nothing that the rules let through makes NCrontab throw, and what they do not is refused like all the above.
    [Fact]
    public void Cron_OfAnyCharacters_IsReadOrRefused()
    {
        var field = Gen.OneOf("*", "0", "1", "59", "7", "-", "/", ",", "JAN", "Monday", "L", "?", "00", "31").Array[1, 5].Select(string.Concat);
        field.Array[5, 6].Select(fields => string.Join(' ', fields)).Sample(
            cron =>
            {
                try
                {
                    return new ScheduleTimes(cron, "UTC").Next(DateTimeOffset.UnixEpoch) is not null;
                }
                catch (FaceSwapException refusal)
                {
                    return refusal.Code == ErrorCodes.InvalidRequest && refusal.Message.StartsWith("'cron' has ", StringComparison.Ordinal);
                }
            },
            iter: 5000);
    }

    private static FaceSwapException RefusalOf(string? cron, string? zone)
    {
        var refusal = Assert.Throws<FaceSwapException>(() => new ScheduleTimes(cron, zone));
        Assert.Equal(ErrorCodes.InvalidRequest, refusal.Code);
        return refusal;
    }
}
