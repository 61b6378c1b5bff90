using FaceSwap.LocalHost.Durable.Storage;

namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>Durable timers by due time. One system timer stands for the earliest; nothing polls.</summary>
internal sealed class TimerQueue : IDisposable
{
    // A system timer does not notice when the clock is set or the machine sleeps, so the clock is looked at this often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly SortedSet<StoredTimer> _byTime = new(Comparer<StoredTimer>.Create(Compare));
    private readonly Dictionary<long, List<StoredTimer>> _byInstance = [];
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Action<StoredTimer> _onDue;
    private readonly ITimer _alarm;

    /// <param name="time">The clock.</param>
    /// <param name="onDue">Called for each due timer, outside of any lock.</param>
    public TimerQueue(TimeProvider time, Action<StoredTimer> onDue)
    {
        _time = time;
        _onDue = onDue;
        _alarm = time.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(StoredTimer timer)
    {
        lock (_gate)
        {
            if (!_byInstance.TryGetValue(timer.Instance.Sequence, out List<StoredTimer>? timers))
            {
                _byInstance[timer.Instance.Sequence] = timers = [];
            }

            timers.Add(timer);
            _byTime.Add(timer);
            if (_byTime.Min == timer)
            {
                SetAlarm();
            }
        }
    }

    public void Cancel(long instance, int task)
    {
        lock (_gate)
        {
            if (_byInstance.TryGetValue(instance, out List<StoredTimer>? timers)
                && timers.Find(timer => timer.TaskId == task) is { } cancelled)
            {
                Remove(cancelled, timers);
            }
        }
    }

    public void CancelAll(long instance)
    {
        lock (_gate)
        {
            if (_byInstance.Remove(instance, out List<StoredTimer>? timers))
            {
                _byTime.ExceptWith(timers);
            }
        }
    }

    public void Dispose() => _alarm.Dispose();

    private void FireDue()
    {
        List<StoredTimer> due = [];
        lock (_gate)
        {
            DateTime now = _time.GetUtcNow().UtcDateTime;
            while (_byTime.Min is { } first && first.FireAt <= now)
            {
                due.Add(first);
                Remove(first, _byInstance[first.Instance.Sequence]);
            }

            SetAlarm();
        }

        due.ForEach(_onDue);
    }

    private void Remove(StoredTimer timer, List<StoredTimer> timersOfInstance)
    {
        _byTime.Remove(timer);
        timersOfInstance.Remove(timer);
        if (timersOfInstance.Count == 0)
        {
            _byInstance.Remove(timer.Instance.Sequence);
        }
    }

    private void SetAlarm()
    {
        if (_byTime.Min is not { } first)
        {
            _alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // A whole millisecond up: an alarm that rings a moment early would find nothing due and ring again.
        TimeSpan wait = first.FireAt - _time.GetUtcNow().UtcDateTime;
        wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Clamp(wait.TotalMilliseconds, 0, LongestWait.TotalMilliseconds)));
        _alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private static int Compare(StoredTimer left, StoredTimer right)
    {
        var byTime = left.FireAt.CompareTo(right.FireAt);
        var byInstance = byTime != 0 ? byTime : left.Instance.Sequence.CompareTo(right.Instance.Sequence);
        var byGeneration = byInstance != 0 ? byInstance : left.Generation.CompareTo(right.Generation);
        return byGeneration != 0 ? byGeneration : left.TaskId.CompareTo(right.TaskId);
    }
}
