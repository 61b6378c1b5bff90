using FaceSwap.Errors;

namespace FaceSwap.NemoVideo;

/// <summary>One call to the backend under a time limit; what the network does to it becomes the product's own failure.</summary>
internal static class NemoCall
{
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BackendUnavailable"/>: no answer in time, or no connection.</exception>
    public static async Task<T> WithinAsync<T>(
        TimeSpan timeout, TimeProvider time, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The backend did not answer in time.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new FaceSwapException(ErrorCodes.BackendUnavailable, "The connection to the backend failed.", inner: e);
        }
    }
}
