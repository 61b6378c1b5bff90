using FaceSwap.Errors;

namespace FaceSwap.Schedules;

/// <summary>When a schedule is due: an NCRONTAB expression, read on the clock of a time zone.</summary>
/// <remarks>
/// A day must fit the day of month and the day of week both. A wall time that does not exist, because clocks go forward,
/// is due once, at the end of the gap. One that exists twice, because clocks go back, is due once, the first time; only an
/// expression that recurs (with <c>*</c>, <c>/</c> or a range in its seconds, minutes or hours) goes on through both.
/// </remarks>
/// <param name="cron">
/// Five fields, or six with seconds first, of at most 200 characters: numbers, names of months and days of week, <c>*</c>,
/// lists, ranges that rise, and steps no larger than the field's largest value.
/// </param>
/// <param name="timeZone">The id of an IANA time zone, such as <c>Europe/Berlin</c> or <c>UTC</c>.</param>
/// <exception cref="FaceSwapException"><see cref="ErrorCodes.InvalidRequest"/>, where either cannot be read or no day ever fits.</exception>
public sealed class ScheduleTimes(string? cron, string? timeZone)
{
    // Within them no step below leaves the calendar.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddDays(3);
    private static readonly DateTimeOffset Latest = DateTimeOffset.MaxValue.AddDays(-3);

    private readonly CronSchedule _schedule = CronSchedule.Parse(cron);
    private readonly ZoneClock _clock = ZoneClock.Of(timeZone);

    /// <summary>The first instant after another at which the schedule is due, in UTC; null at the end of the calendar.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var second = after < Earliest ? Earliest : new DateTimeOffset(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return second > Latest ? null
            : _clock.RepeatAt(second) is { } repeat ? NextInRepeat(second, repeat)
            : InstantOf(DueAfter(_clock.WallAt(second)));
    }

    /// <summary>The next instants after another, in ascending order; fewer than asked for only at the end of the calendar.</summary>
    /// <param name="after">The instant that all of them follow.</param>
    /// <param name="count">How many, at least 0.</param>
    public IReadOnlyList<DateTimeOffset> Upcoming(DateTimeOffset after, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var instants = new List<DateTimeOffset>();
        while (instants.Count < count && Next(after) is { } next)
        {
            instants.Add(next);
            after = next;
        }

        return instants;
    }

    private DateTimeOffset? NextInRepeat(DateTimeOffset second, ClockTurn repeat)
    {
        var isAgain = second >= repeat.At;
        if (!_schedule.Recurs)
        {
            // What the clock shows again was due when it showed it first.
            return InstantOf(DueAfter(isAgain ? JustBefore(repeat.WallBefore) : _clock.WallAt(second)));
        }

        var due = DueAfter(_clock.WallAt(second));
        if (!isAgain && !(due < repeat.WallBefore))
        {
            // Nothing more is due before the clock goes back, but what it then shows may be.
            isAgain = true;
            due = DueAfter(JustBefore(repeat.WallAfter));
        }

        return isAgain && due < repeat.WallBefore ? repeat.AgainAt(due.Value) : InstantOf(due);
    }

    private DateTime? DueAfter(DateTime wall) => _schedule.NextAfter(wall, Latest.DateTime);

    private DateTimeOffset? InstantOf(DateTime? wall) => wall is { } time ? _clock.FirstInstantOf(time) : null;

    private static DateTime JustBefore(DateTime wall) => wall.AddSeconds(-1);
}
