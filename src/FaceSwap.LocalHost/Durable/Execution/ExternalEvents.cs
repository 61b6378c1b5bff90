using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>
/// Brings external events and those who wait for them together, by name regardless of case. Events that nobody waits
/// for are kept in order; the youngest waiter gets the next event, so that a loop may abandon older waits.
/// </summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, Stack<EventWaiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRaised> _buffer = [];

    /// <summary>Events nobody has taken yet, oldest first.</summary>
    public IReadOnlyList<EventRaised> Unprocessed => _buffer;

    /// <summary>Whether somebody waits for an event.</summary>
    public bool HasWaiter => _waiters.Values.Any(stack => stack.Any(waiter => !waiter.IsSettled));

    public void Add(EventWaiter waiter)
    {
        if (!_waiters.TryGetValue(waiter.Name, out Stack<EventWaiter>? stack))
        {
            _waiters[waiter.Name] = stack = new();
        }

        DropSettled(stack);
        if (stack.TryPeek(out EventWaiter? other) && other.PayloadType != waiter.PayloadType)
        {
            throw new ArgumentException(
                $"Event '{waiter.Name}' is already awaited as {other.PayloadType}; it cannot also be read as {waiter.PayloadType}.");
        }

        var index = _buffer.FindIndex(raised => string.Equals(raised.Name, waiter.Name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            stack.Push(waiter);
            return;
        }

        EventRaised buffered = _buffer[index];
        _buffer.RemoveAt(index);
        waiter.Deliver(buffered.Payload);
    }

    public void Raise(EventRaised raised)
    {
        if (_waiters.TryGetValue(raised.Name, out Stack<EventWaiter>? stack))
        {
            DropSettled(stack);
            if (stack.TryPop(out EventWaiter? waiter))
            {
                waiter.Deliver(raised.Payload);
                return;
            }
        }

        _buffer.Add(raised);
    }

    // A wait that was cancelled must not swallow an event that a later wait could have.
    private static void DropSettled(Stack<EventWaiter> stack)
    {
        while (stack.TryPeek(out EventWaiter? waiter) && waiter.IsSettled)
        {
            stack.Pop();
        }
    }
}
