using FaceSwap.Errors;
using FaceSwap.Jobs;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>The streams that this instance of the app may follow at a time. Batches never take the last of them: a job of its own finds one free.</summary>
public sealed class StreamSlots(IOptions<JobOptions> options)
{
    private readonly int _all = options.Value.MostStreams;

    // A tenth is kept free of batches, and one at least; unless there is but one.
    private readonly int _forBatches = Math.Max(1, options.Value.MostStreams - Math.Max(1, options.Value.MostStreams / 10));
    private int _taken;
    private int _takenByBatches;

    /// <summary>Takes a slot; disposing gives it back.</summary>
    /// <param name="isOfBatch">Whether the job is an item of a batch.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.NotSent"/>: all are taken; ask again in a moment.</exception>
    public IDisposable Take(bool isOfBatch)
    {
        if (isOfBatch)
        {
            Take(ref _takenByBatches, _forBatches, "of batches");
        }

        try
        {
            Take(ref _taken, _all, "in all");
        }
        catch (FaceSwapException) when (isOfBatch)
        {
            Interlocked.Decrement(ref _takenByBatches);
            throw;
        }

        return new Slot(this, isOfBatch);
    }

    private void Take(ref int taken, int most, string whose)
    {
        if (Interlocked.Increment(ref taken) > most)
        {
            Interlocked.Decrement(ref taken);
            throw new FaceSwapException(
                ErrorCodes.NotSent, $"The app follows {most} edits {whose} already, as many as it may at a time.", options.Value.StepRetryDelay);
        }
    }

    private sealed class Slot(StreamSlots slots, bool isOfBatch) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref slots._taken);
            if (isOfBatch)
            {
                Interlocked.Decrement(ref slots._takenByBatches);
            }
        }
    }
}
