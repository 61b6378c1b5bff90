namespace FaceSwap.Schedules;

/// <summary>When a schedule is due, whether or not it is paused: by its expression, or once.</summary>
public sealed class Timetable(Schedule schedule)
{
    private readonly ScheduleTimes? _times = schedule.Cron is null ? null : new ScheduleTimes(schedule.Cron, schedule.TimeZone);

    /// <summary>The first time after another; null: never.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = after > schedule.CountsFrom ? after : schedule.CountsFrom;
        return _times is not null ? _times.Next(from) : schedule.At > from ? schedule.At : null;
    }

    /// <summary>The next times after another, so many at most.</summary>
    public IReadOnlyList<DateTimeOffset> Upcoming(DateTimeOffset after, int count)
    {
        var times = new List<DateTimeOffset>();
        while (times.Count < count && Next(after) is { } next)
        {
            times.Add(next);
            after = next;
        }

        return times;
    }

    /// <summary>What is to run when a time has come: of several that have passed meanwhile the last, and no other.</summary>
    /// <param name="due">A time at which the schedule is due.</param>
    /// <param name="now">How late it is. Timers may be early: never before the time itself.</param>
    public DueRun DueBy(DateTimeOffset due, DateTimeOffset now)
    {
        var run = new DueRun(due, 0);
        while (run.Missed < DueRun.MostMissed && Next(run.At) is { } next && next <= now)
        {
            run = new DueRun(next, run.Missed + 1);
        }

        return run;
    }
}

/// <summary>A run that is due.</summary>
/// <param name="At">The time that it counts as.</param>
/// <param name="Missed">How many times before it have passed unheeded, because nothing ran then; counted up to <see cref="MostMissed"/>.</param>
public sealed record DueRun(DateTimeOffset At, int Missed)
{
    /// <summary>More are made good by further runs: a day of a schedule that is due each second has fewer.</summary>
    public const int MostMissed = 100_000;
}
