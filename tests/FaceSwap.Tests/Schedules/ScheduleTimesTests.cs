using System.Globalization;
using FaceSwap.Schedules;
using Xunit;

namespace FaceSwap.Tests.Schedules;

/// <summary>Instants that are known from the zones' own rules.</summary>
public sealed class ScheduleTimesTests
{
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";
    private const string LordHowe = "Australia/Lord_Howe";

    [Theory]
    [InlineData("0 9 * * *", "UTC", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00Z", "2026-01-02T09:00:00Z")]
    [InlineData("0 9 * * *", "Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T03:30:00Z", "2026-01-02T03:30:00Z")]
    [InlineData("0 9 * * *", Berlin, "2026-07-01T00:00:00+02:00", "2026-07-01T07:00:00Z", "2026-07-02T07:00:00Z")]
    [InlineData("  0  9 * * * ", "Etc/UTC", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00Z")]
    [InlineData("15,45 59 23 31 12 *", "UTC", "2026-06-01T00:00:00Z", "2026-12-31T23:59:15Z", "2026-12-31T23:59:45Z", "2027-12-31T23:59:15Z")]
    [InlineData("*/20 * * * * *", "UTC", "2026-12-31T23:59:39.5Z", "2026-12-31T23:59:40Z", "2027-01-01T00:00:00Z")]
    [InlineData("* 47 4 * * *", "UTC", "2026-01-01T00:09:58Z", "2026-01-01T04:47:00Z", "2026-01-01T04:47:01Z")]
    [InlineData("0 12 * JAN,dec Mon-Friday", "UTC", "2026-01-30T12:00:00Z", "2026-12-01T12:00:00Z", "2026-12-02T12:00:00Z")]
    [InlineData("0 0 * * 0", "UTC", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z", "2026-01-11T00:00:00Z")]
    public void Next_OnAnOrdinaryDay_IsTheWallTime(string cron, string zone, string after, params string[] due) => AssertDue(cron, zone, after, due);

    [Theory]
    [InlineData("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 1", "UTC", "2026-01-01T00:00:00Z", "2044-02-29T00:00:00Z", "2072-02-29T00:00:00Z")]
    [InlineData("0 0 31 * *", "UTC", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z", "2026-07-31T00:00:00Z")]
    [InlineData("0 0 30,31 * *", "UTC", "2026-01-31T00:00:00Z", "2026-03-30T00:00:00Z", "2026-03-31T00:00:00Z", "2026-04-30T00:00:00Z")]
    [InlineData("0 0 31 4,5 *", "UTC", "2026-01-01T00:00:00Z", "2026-05-31T00:00:00Z", "2027-05-31T00:00:00Z")]
    [InlineData("0 0 13 * 5", "UTC", "2026-01-01T00:00:00Z", "2026-02-13T00:00:00Z", "2026-03-13T00:00:00Z", "2026-11-13T00:00:00Z")]
    public void Next_OfADayThatFewMonthsHave_IsTheNextThatHasIt(string cron, string zone, string after, params string[] due) => AssertDue(cron, zone, after, due);

    [Theory]
    [InlineData("0 30 2 * * *", Berlin, "2026-03-28T00:00:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0,30 2 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("0 2,3 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T01:00:00Z")]
    [InlineData("59 59 1,2 * * *", Berlin, "2026-03-28T12:00:00Z", "2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-03-29T23:59:59Z")]
    [InlineData("*/20 * * * *", Berlin, "2026-03-29T00:20:00Z", "2026-03-29T00:40:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z")]
    [InlineData("5-55/25 * * * *", Berlin, "2026-03-29T00:40:00Z", "2026-03-29T00:55:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:05:00Z")]
    [InlineData("30 2 * * *", NewYork, "2026-03-08T00:00:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("30 1 * * *", "Europe/Dublin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("15 2 * * *", LordHowe, "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z")]
    [InlineData("0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")]
    [InlineData("0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z", "2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z")]
    [InlineData("15 0 * * *", "Asia/Beirut", "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z", "2026-03-29T21:15:00Z")]
    [InlineData("0 12 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", "2011-12-30T10:00:00Z", "2012-12-29T22:00:00Z")]
    public void Next_OfAWallTimeThatIsSkipped_IsTheEndOfTheGapOnce(string cron, string zone, string after, params string[] due) => AssertDue(cron, zone, after, due);

    [Theory]
    [InlineData("0 30 2 * * *", Berlin, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 2 * * *", Berlin, "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("0,59 2 * * *", Berlin, "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T00:59:00Z", "2026-10-26T01:00:00Z")]
    [InlineData("0 3 * * *", Berlin, "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z")]
    [InlineData("0 3 * * *", Berlin, "2026-10-25T01:59:59.9Z", "2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z")]
    [InlineData("30 1 * * *", NewYork, "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("30 1 * * *", "Europe/Dublin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("45 1 * * *", LordHowe, "2026-04-04T12:00:00Z", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z")]
    [InlineData("30 23 * * *", "America/Sao_Paulo", "2019-02-16T12:00:00Z", "2019-02-17T01:30:00Z", "2019-02-18T02:30:00Z")]
    [InlineData("0 0 * * *", "America/Sao_Paulo", "2019-02-16T12:00:00Z", "2019-02-17T03:00:00Z", "2019-02-18T03:00:00Z")]
    [InlineData("0 0 30 10 *", "Africa/Cairo", "2026-10-01T00:00:00Z", "2026-10-29T22:00:00Z", "2027-10-29T22:00:00Z")]
    public void Next_OfAFixedTimeThatIsRepeated_IsTheFirst(string cron, string zone, string after, params string[] due) => AssertDue(cron, zone, after, due);

    [Theory]
    [InlineData("*/30 * * * *", Berlin, "2026-10-24T23:45:00Z", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z")]
    [InlineData("*/30 2 * * *", Berlin, "2026-10-25T00:29:59.9Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:00:00Z")]
    [InlineData("30 15 1-3 * * *", Berlin, "2026-10-24T22:00:00Z", "2026-10-24T23:15:30Z", "2026-10-25T00:15:30Z", "2026-10-25T01:15:30Z", "2026-10-25T02:15:30Z", "2026-10-26T00:15:30Z")]
    [InlineData("30 * 25 10 *", Berlin, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z")]
    [InlineData("10 */3 * * *", Berlin, "2026-10-25T00:30:00Z", "2026-10-25T02:10:00Z", "2026-10-25T05:10:00Z")]
    [InlineData("0 * * * *", NewYork, "2026-11-01T04:30:00Z", "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z")]
    [InlineData("*/15 1 * * *", LordHowe, "2026-04-04T14:15:00Z", "2026-04-04T14:30:00Z", "2026-04-04T14:45:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:15:00Z", "2026-04-05T14:30:00Z")]
    [InlineData("*/30 23 * * *", "America/Sao_Paulo", "2019-02-17T01:00:00Z", "2019-02-17T01:30:00Z", "2019-02-17T02:00:00Z", "2019-02-17T02:30:00Z", "2019-02-18T02:00:00Z")]
    [InlineData("*/30 1 * * *", "Europe/Dublin", "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-26T01:00:00Z")]
    public void Next_OfARecurringTimeThatIsRepeated_IsBoth(string cron, string zone, string after, params string[] due) => AssertDue(cron, zone, after, due);

    [Fact]
    public void Next_IsInUtc() =>
        Assert.Equal(TimeSpan.Zero, new ScheduleTimes("0 9 * * *", NewYork).Next(Instant("2026-01-01T00:00:00-05:00"))!.Value.Offset);

    [Fact]
    public void Next_AtTheEndsOfTheCalendar_IsNoneOrTheFirst()
    {
        var times = new ScheduleTimes("0 0 1 1 *", "UTC");

        Assert.Equal(Instant("0002-01-01T00:00:00Z"), times.Next(DateTimeOffset.MinValue));
        Assert.Null(times.Next(Instant("9999-06-01T00:00:00Z")));
        Assert.Null(times.Next(DateTimeOffset.MaxValue));
        Assert.Empty(times.Upcoming(DateTimeOffset.MaxValue, 5));
        Assert.Equal([Instant("9998-01-01T00:00:00Z"), Instant("9999-01-01T00:00:00Z")], times.Upcoming(Instant("9997-06-01T00:00:00Z"), 5));
    }

    [Fact]
    public void Upcoming_OfACount_IsThatManyInTheirOrder()
    {
        var times = new ScheduleTimes("0 0 1 * *", "UTC");
        var after = Instant("2026-01-01T00:00:00Z");

        Assert.Equal([2, 3, 4, 5, 6], times.Upcoming(after, 5).Select(instant => instant.Month));
        Assert.Empty(times.Upcoming(after, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => times.Upcoming(after, -1));
    }

    private static void AssertDue(string cron, string zone, string after, string[] due) =>
        Assert.Equal(due.Select(Instant), new ScheduleTimes(cron, zone).Upcoming(Instant(after), due.Length));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
