using Cronos;
using CsCheck;
using FaceSwap.Errors;
using FaceSwap.Schedules;
using Xunit;

namespace FaceSwap.Tests.Schedules;

/// <summary>The same instants as Cronos finds, which reads expressions and turns of clocks in its own way.</summary>
public sealed class ScheduleOracleTests
{
    private const int Saturday = 6;

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset To = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"];

    // Clocks that turn by an hour, half of one or two, at night or at midnight, in the one or the other half of the year.
    private static readonly (string Zone, DateTimeOffset At)[] Turns = TurnsOf(
        "Europe/Berlin", "America/New_York", "America/Santiago", "America/Havana", "Australia/Lord_Howe", "Pacific/Auckland",
        "Africa/Cairo", "Asia/Beirut", "Atlantic/Azores", "Antarctica/Troll");

    // Cronos asks .NET which wall times are repeated, which does not see those of the last two: so they are walked only.
    private static readonly (string Zone, DateTimeOffset At)[] WalkedTurns = [.. Turns, .. TurnsOf("Europe/Dublin", "Africa/Casablanca")];

    // Cronos knows two things more, a range that falls and Sunday as 7, and one less, '*' in a list: none of them is generated.
    // A day of month and a day of week that are both given mean the same to both libraries: a day must fit the two.
    private static readonly Gen<string> FiveFields = Gen.Select(
        Field(0, 59),
        Field(0, 23),
        Gen.Frequency((3, Gen.Const("*")), (1, Field(1, 31))),
        Field(1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
        Field(0, Saturday, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
        (minute, hour, day, month, weekday) => $"{minute} {hour} {day} {month} {weekday}");

    // So that some of them are due in the hours around a turn.
    private static readonly Gen<string> DailyFields = Gen.Select(Field(0, 59), Field(0, 4), (minute, hour) => $"{minute} {hour} * * *");

    private static readonly Gen<string> Cron = Gen.OneOf(
        FiveFields, DailyFields, Gen.Select(Field(0, 59), Gen.OneOf(FiveFields, DailyFields), (second, fields) => $"{second} {fields}"));

    [Theory]
    [InlineData("0 30 2 * * *")]
    [InlineData("0 */15 * * * *")]
    [InlineData("0 0 3 * * 0")]
    [InlineData("0 0 0 1 * *")]
    [InlineData("30 15 1-3 * * *")]
    [InlineData("0 * * * *")]
    [InlineData("59 * * * *")]
    [InlineData("*/20 * * * *")]
    [InlineData("7/20 * * * *")]
    [InlineData("5-55/25 * * * *")]
    [InlineData("0,30 * * * *")]
    [InlineData("0 0 * * *")]
    [InlineData("0 1 * * *")]
    [InlineData("30 1 * * *")]
    [InlineData("45 1 * * *")]
    [InlineData("0 2 * * *")]
    [InlineData("15 2 * * *")]
    [InlineData("59 59 2 * * *")]
    [InlineData("0 3 * * *")]
    [InlineData("0,15,30,45 1,2 * * *")]
    [InlineData("*/10 1-2 * * *")]
    [InlineData("*/30 2 * * *")]
    [InlineData("0 */2 * * *")]
    [InlineData("0 1-23/2 * * *")]
    [InlineData("30 0 */6 * * *")]
    [InlineData("*/15 30 1,2 * * *")]
    [InlineData("10-50/20 0 2 * * 0")]
    [InlineData("0 8 * * MON-FRI")]
    [InlineData("0 8 * * mon,WED,Fri")]
    [InlineData("30 2 * * SUN")]
    [InlineData("0 0 29 2 *")]
    [InlineData("30 2 28-31 3 *")]
    [InlineData("0 12 31 * *")]
    [InlineData("0 12 13 * 5")]
    [InlineData("30 1 * APR,OCT-NOV 0")]
    [InlineData("0 0 1 1 *")]
    [InlineData("59 59 23 31 12 *")]
    [InlineData("0 2 */2 * *")]
    [InlineData("*/45 */5 * * *")]
    [InlineData("23 11 4,16 2-30/7 3-11/2 *")]
    public void TwoYears_OfAnExpression_AreThoseOfCronos(string cron)
    {
        foreach (var zone in Zones)
        {
            Assert.Equal(InstantsOf(Oracle(cron, zone)).Select(instant => (zone, instant)), InstantsOf(new ScheduleTimes(cron, zone).Next).Select(instant => (zone, instant)));
        }
    }

    [Fact]
    public void EveryMinute_OfAYear_IsThatOfCronos()
    {
        var minutes = InstantsOf(new ScheduleTimes("* * * * *", "Europe/Berlin").Next);

        Assert.Equal((To - From).TotalMinutes, minutes.Count);
        Assert.Equal(InstantsOf(Oracle("* * * * *", "Europe/Berlin")), minutes);
    }

    [Fact]
    public void AnyExpression_AroundATurn_IsThatOfCronos() => Gen.Select(Cron, Gen.OneOf(Turns), Gen.Int[-599, 599]).Sample(
        (cron, turn, seconds) =>
        {
            var oracle = Oracle(cron, turn.Zone);
            if (oracle(turn.At) is null)
            {
                return Assert.Throws<FaceSwapException>(() => new ScheduleTimes(cron, turn.Zone)).Code == ErrorCodes.InvalidRequest;
            }

            var times = new ScheduleTimes(cron, turn.Zone);
            return Enumerable.Range(-18, 37).Select(step => turn.At.AddSeconds(seconds).AddMinutes(10 * step)).All(after => times.Next(after) == oracle(after));
        },
        iter: 5000);

    [Fact]
    public void AnyExpression_AroundATurn_IsWhatAWalkThroughTheMinutesFinds() => Gen.Select(DailyFields, Gen.OneOf(WalkedTurns)).Sample(
        (cron, turn) =>
        {
            var (start, end) = (turn.At.AddHours(-5), turn.At.AddHours(5));
            var due = Walk(cron, turn.Zone, start, end);
            return due.SequenceEqual(new ScheduleTimes(cron, turn.Zone).Upcoming(start, due.Count + 1).TakeWhile(instant => instant < end));
        },
        iter: 2000);

    /// <summary>Looks at the clock each minute: what it shows for the first time, again, or has skipped.</summary>
    private static List<DateTimeOffset> Walk(string cron, string zone, DateTimeOffset start, DateTimeOffset end)
    {
        var (due, expression, info) = (new List<DateTimeOffset>(), CronExpression.Parse(cron), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var recurs = cron.Replace(" * * *", "", StringComparison.Ordinal).AsSpan().ContainsAny('*', '/', '-');
        var latest = WallAt(start);
        for (var minute = start.AddMinutes(1); minute < end; minute = minute.AddMinutes(1))
        {
            var wall = WallAt(minute);
            var isNew = wall > latest && expression.GetNextOccurrence(latest) <= wall;
            if (isNew || (recurs && expression.GetNextOccurrence(wall, inclusive: true) == wall))
            {
                due.Add(minute);
            }

            latest = wall > latest ? wall : latest;
        }

        return due;

        DateTime WallAt(DateTimeOffset instant) => DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(instant, info).DateTime, DateTimeKind.Utc);
    }

    private static Func<DateTimeOffset, DateTimeOffset?> Oracle(string cron, string zone)
    {
        var expression = CronExpression.Parse(cron, cron.Split(' ').Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        return after => expression.GetNextOccurrence(after, info)?.ToUniversalTime();
    }

    private static List<DateTimeOffset> InstantsOf(Func<DateTimeOffset, DateTimeOffset?> next)
    {
        var instants = new List<DateTimeOffset>();
        for (var instant = next(From.AddSeconds(-1)); instant < To; instant = next(instant.Value))
        {
            instants.Add(instant.Value);
        }

        return instants;
    }

    private static (string Zone, DateTimeOffset At)[] TurnsOf(params string[] zones)
    {
        var hours = Enumerable.Range(1, (int)(To - From).TotalHours).Select(hour => From.AddHours(hour)).ToList();
        return [.. from zone in zones
                   let info = TimeZoneInfo.FindSystemTimeZoneById(zone)
                   from hour in hours
                   where info.GetUtcOffset(hour) != info.GetUtcOffset(hour.AddHours(-1))
                   select (zone, hour)];
    }

    private static Gen<string> Field(int min, int max, params string[] names)
    {
        var value = Gen.Int[min, max];
        var text = names.Length == 0 ? value.Select(number => $"{number}") : Gen.OneOf(value.Select(number => $"{number}"), value.Select(number => names[number - min]));
        var step = Gen.Int[1, max].Select(number => $"/{number}");
        var range = Gen.Select(value, value, (one, other) => $"{Math.Min(one, other)}-{Math.Max(one, other)}");

        // Steps from a day of the week on end at the last one, which is Saturday here, and with Cronos the Sunday that is 7.
        var steps = Gen.Select(max == Saturday ? range : Gen.OneOf(range, text), step, string.Concat);
        var element = Gen.OneOf(text, range, steps);
        return Gen.Frequency(
            (4, Gen.Const("*")),
            (2, step.Select(every => $"*{every}")),
            (3, text),
            (2, text.Array[2, 4].Select(list => string.Join(',', list))),
            (2, element.Array[1, 3].Select(list => string.Join(',', list))));
    }
}
