namespace FaceSwap.LocalHost.Durable.Pump;

/// <summary>Wakes those who wait for an instance to begin or to end.</summary>
internal sealed class InstanceWaiters
{
    private readonly Dictionary<string, TaskCompletionSource> _signals = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>A task that ends with the next <see cref="Notify"/> for the instance. Ask before looking at the state.</summary>
    public Task NextChange(string instanceId)
    {
        lock (_gate)
        {
            if (!_signals.TryGetValue(instanceId, out TaskCompletionSource? signal))
            {
                _signals[instanceId] = signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return signal.Task;
        }
    }

    public void Notify(string instanceId)
    {
        TaskCompletionSource? signal;
        lock (_gate)
        {
            _signals.Remove(instanceId, out signal);
        }

        signal?.TrySetResult();
    }
}
