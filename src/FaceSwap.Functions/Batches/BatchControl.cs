using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;

namespace FaceSwap.Functions.Batches;

/// <summary>What callers may ask of a batch that runs.</summary>
public sealed class BatchControl(BatchReader batches)
{
    /// <summary>Has a batch end soon; asked again, it asks again.</summary>
    /// <returns>The batch as it was when it was asked to end.</returns>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BatchNotFound"/> or <see cref="ErrorCodes.BatchEnded"/>.</exception>
    public Task<BatchReading> CancelAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken) =>
        RaiseAsync(id, caller, FaceSwapBatchInput.Cancel, _ => true, client, CheckRunning, cancellationToken);

    /// <summary>Has a paused batch go on.</summary>
    /// <returns>The batch as it was when it was asked to go on.</returns>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.BatchNotFound"/>, <see cref="ErrorCodes.BatchEnded"/> or <see cref="ErrorCodes.BatchNotPaused"/>.</exception>
    public Task<BatchReading> ResumeAsync(string id, Caller caller, DurableTaskClient client, CancellationToken cancellationToken) =>
        RaiseAsync(id, caller, FaceSwapBatchInput.Resume, reading => BatchWatches.NumberOf(reading), client, CheckPaused, cancellationToken);

    private async Task<BatchReading> RaiseAsync(
        string id, Caller caller, string wish, Func<BatchReading, object> content, DurableTaskClient client, Action<BatchReading> check, CancellationToken cancellationToken)
    {
        var reading = await batches.ReadAsync(id, caller, client, cancellationToken);
        check(reading);
        try
        {
            await client.RaiseEventAsync(id, wish, content(reading), cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An instance that has ended takes no event.
            check(await batches.ReadAsync(id, caller, client, cancellationToken));
            throw;
        }

        return reading;
    }

    private static void CheckRunning(BatchReading reading)
    {
        if (reading is { HasEnded: true, Status: { } status })
        {
            throw new FaceSwapException(ErrorCodes.BatchEnded, $"The batch is {status.State.ToString().ToLowerInvariant()}.");
        }
    }

    private static void CheckPaused(BatchReading reading)
    {
        CheckRunning(reading);
        if (reading.Status?.State != BatchState.Paused)
        {
            throw new FaceSwapException(ErrorCodes.BatchNotPaused, $"The batch is {(reading.Status?.State ?? BatchState.Queued).ToString().ToLowerInvariant()}.");
        }
    }
}
