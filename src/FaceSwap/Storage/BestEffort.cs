namespace FaceSwap.Storage;

/// <summary>Writes that serve people or later jobs: what becomes of them never matters to the work beside them, nor does it wait for them long.</summary>
internal static class BestEffort
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Writes within five seconds, or lets it be; only a cancelled token ends the work itself.</summary>
    public static async Task WriteAsync(Func<CancellationToken, Task> write, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await write(either.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Away, slow or refused: a stream that is paid for must not be left because of it.
        }
    }
}
