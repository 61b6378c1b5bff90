// API declaration, never shipped: compiled only where the package registry lacks the real Microsoft.DurableTask.Client.
namespace Microsoft.DurableTask.Client;

public class PurgeResult
{
    public PurgeResult(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
    }

    public PurgeResult(int count, bool? isComplete)
        : this(count) => IsComplete = isComplete;

    public int PurgedInstanceCount { get; }

    /// <summary>False where a limit of time ended the purge early; null where that is not known.</summary>
    public bool? IsComplete { get; }
}
