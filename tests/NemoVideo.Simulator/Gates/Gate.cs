namespace NemoVideo.Simulator.Gates;

/// <summary>Holds whoever comes until it is released; from then on it stays open.</summary>
internal sealed class Gate(string name)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int arrivals;

    public Task Reached => reached.Task;

    public GateView View => new(name, Volatile.Read(ref arrivals), released.Task.IsCompleted);

    public Task ArriveAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref arrivals);
        reached.TrySetResult();
        return released.Task.WaitAsync(cancellationToken);
    }

    public void Release() => released.TrySetResult();
}
