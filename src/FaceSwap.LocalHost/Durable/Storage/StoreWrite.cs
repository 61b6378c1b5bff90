namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>A write whose caller awaits its result.</summary>
internal sealed class StoreWrite<T>(Func<WriteSession, T> body) : IStoreWrite
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _source.Task;

    public void Apply(WriteSession session) => _result = body(session);

    public void Committed() => _source.TrySetResult(_result);

    public void Failed(Exception error) => _source.TrySetException(error);
}
