namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>One call of <c>WaitForExternalEvent</c>.</summary>
internal abstract class EventWaiter(string name)
{
    public string Name => name;

    public abstract Type PayloadType { get; }

    /// <summary>Whether the wait is over, by an event or by cancellation.</summary>
    public abstract bool IsSettled { get; }

    public abstract void Deliver(string? payload);
}
