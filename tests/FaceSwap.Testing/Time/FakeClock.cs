namespace FaceSwap.Testing.Time;

/// <summary>Time that stands still until a test moves it. Timers fire in their order while it moves, each at its own moment.</summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = start;

    /// <summary>Starts at a fixed moment.</summary>
    public FakeClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers wait for a moment to come. Await a change of it before moving time for code that runs elsewhere.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (gate)
            {
                return timers.Count(timer => timer.Due is not null);
            }
        }
    }

    /// <summary>How long it is until the next timer fires; null when none waits.</summary>
    public TimeSpan? NextWait
    {
        get
        {
            lock (gate)
            {
                return timers.Min(timer => timer.Due) - now;
            }
        }
    }

    /// <summary>How many timers fire in exactly this time.</summary>
    public int TimersDueIn(TimeSpan wait)
    {
        lock (gate)
        {
            return timers.Count(timer => timer.Due - now == wait);
        }
    }

    /// <summary>Waits until the next timer fires in exactly this time, and moves time there.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await Eventually.HoldsAsync(() => NextWait == wait, $"something waits for {wait}");
        Advance(wait);
    }

    /// <summary>Waits until the next timer fires within this time, and moves time there.</summary>
    /// <returns>How long that was.</returns>
    public async Task<TimeSpan> PassWithinAsync(TimeSpan most)
    {
        await Eventually.HoldsAsync(() => NextWait <= most, $"something waits for at most {most}");
        var wait = NextWait!.Value;
        Advance(wait);
        return wait;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        lock (gate)
        {
            timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on; what falls due on the way fires on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = GetUtcNow() + by;
        while (TakeNextUntil(until) is { } timer)
        {
            timer.Fire();
        }
    }

    internal void Schedule(FakeTimer timer, TimeSpan dueTime)
    {
        lock (gate)
        {
            timer.Due = dueTime == Timeout.InfiniteTimeSpan ? null : now + dueTime;
        }

        if (dueTime == TimeSpan.Zero)
        {
            Advance(TimeSpan.Zero);
        }
    }

    internal void Remove(FakeTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    /// <summary>Sets time to the next timer's moment, or to the end when none falls due before it.</summary>
    private FakeTimer? TakeNextUntil(DateTimeOffset until)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            var moment = next?.Due ?? until;
            now = moment > now ? moment : now;
            next?.Reschedule();
            return next;
        }
    }
}
