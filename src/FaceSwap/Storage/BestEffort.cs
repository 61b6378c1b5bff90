namespace FaceSwap.Storage;

/// <summary>What serves people or later jobs alone: what becomes of them never matters to the work beside them, nor does it wait for them long.</summary>
internal static class BestEffort
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Does it within five seconds, or lets it be; only a cancelled token ends the work itself.</summary>
    public static async Task TryAsync(Func<CancellationToken, Task> attempt, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await attempt(either.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Away, slow or refused: a stream that is paid for must not be left because of it.
        }
    }
}
