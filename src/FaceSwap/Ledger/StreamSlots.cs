using FaceSwap.Errors;
using FaceSwap.Jobs;
using Microsoft.Extensions.Options;

namespace FaceSwap.Ledger;

/// <summary>The streams that this instance of the app may follow at a time.</summary>
public sealed class StreamSlots(IOptions<JobOptions> options)
{
    private int _taken;

    /// <summary>Takes a slot; disposing gives it back.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.NotSent"/>: all are taken; ask again in a moment.</exception>
    public IDisposable Take()
    {
        if (Interlocked.Increment(ref _taken) > options.Value.MostStreams)
        {
            Interlocked.Decrement(ref _taken);
            throw new FaceSwapException(
                ErrorCodes.NotSent, $"The app follows {options.Value.MostStreams} edits already, as many as it may at a time.", options.Value.StepRetryDelay);
        }

        return new Slot(this);
    }

    private sealed class Slot(StreamSlots slots) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref slots._taken);
    }
}
