using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>A request of the orchestrator that has not ended yet.</summary>
internal sealed class PendingTask(int id, string name)
{
    private readonly TaskCompletionSource<string?> _source = new();

    /// <summary>Ends with the serialised result or a <see cref="TaskFailedException"/>.</summary>
    public Task<string?> Task => _source.Task;

    public void Complete(string? result) => _source.TrySetResult(result);

    public void Fail(Failure failure) =>
        _source.TrySetException(new TaskFailedException(name, id, failure.ToDetails()));

    public void Cancel(CancellationToken cancellation) => _source.TrySetCanceled(cancellation);
}
