using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>A wait for an event whose payload is read as <typeparamref name="T"/>.</summary>
internal sealed class TypedEventWaiter<T> : EventWaiter
{
    private readonly DataConverter _converter;
    private readonly TaskCompletionSource<T> _source = new();

    public TypedEventWaiter(string name, DataConverter converter, CancellationToken cancellation)
        : base(name)
    {
        _converter = converter;
        cancellation.Register(() => _source.TrySetCanceled(cancellation));
    }

    public Task<T> Task => _source.Task;

    public override Type PayloadType => typeof(T);

    public override bool IsSettled => _source.Task.IsCompleted;

    public override void Deliver(string? payload)
    {
        try
        {
            _source.TrySetResult(_converter.Deserialize<T>(payload)!);
        }
        catch (Exception unreadable)
        {
            // Whoever waits shall learn that the payload is not what was expected; the engine goes on.
            _source.TrySetException(unreadable);
        }
    }
}
