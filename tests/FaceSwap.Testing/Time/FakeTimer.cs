namespace FaceSwap.Testing.Time;

/// <summary>A timer of a <see cref="FakeClock"/>.</summary>
internal sealed class FakeTimer(FakeClock clock, Action fire) : ITimer
{
    private TimeSpan period = Timeout.InfiniteTimeSpan;

    /// <summary>When it fires next; null: not until it is changed.</summary>
    public DateTimeOffset? Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        this.period = period;
        clock.Schedule(this, dueTime);
        return true;
    }

    public void Reschedule() => Due = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : Due + period;

    public void Fire() => fire();

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
