namespace FaceSwap.Tests.Product;

/// <summary>Where a number of runs wait for one another before they go on.</summary>
internal sealed class Rendezvous(int runs)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrived;

    /// <summary>Waits until all have come; whoever comes later passes.</summary>
    public Task MeetAsync()
    {
        if (Interlocked.Increment(ref _arrived) == runs)
        {
            _met.SetResult();
        }

        return _met.Task;
    }
}
