using FaceSwap.Jobs;
using FaceSwap.NemoVideo.Messages;
using FaceSwap.Storage;

namespace FaceSwap.Ledger;

/// <summary>The progress of the swap stage: by time, since the backend names no percentage; written seldom, for people.</summary>
/// <param name="write">Where it goes.</param>
/// <param name="time">The clock.</param>
internal sealed class SwapProgress(Func<JobProgress, CancellationToken, Task> write, TimeProvider time)
{
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QuietAfter = TimeSpan.FromMinutes(2);

    // Generation takes 100 to 300 s at the backend (backend contract, Message).
    private static readonly TimeSpan UsualTime = TimeSpan.FromSeconds(300);

    private readonly long _start = time.GetTimestamp();
    private long _lastWrite = time.GetTimestamp();
    private long _lastNews = time.GetTimestamp();

    public async ValueTask OnEventAsync(NemoEventKind kind, CancellationToken cancellationToken)
    {
        if (kind != NemoEventKind.Heartbeat)
        {
            _lastNews = time.GetTimestamp();
        }

        if (time.GetElapsedTime(_lastWrite) < WriteInterval)
        {
            return;
        }

        // Counted from its end: a write that takes long, as those do while storage is away, does not hold up every event.
        await BestEffort.TryAsync(token => write(Now(), token), time, cancellationToken);
        _lastWrite = time.GetTimestamp();
    }

    private JobProgress Now()
    {
        var from = JobStage.Swapping.PercentAtStart();
        var span = JobStage.Verifying.PercentAtStart() - from;
        var share = Math.Min(1.0, time.GetElapsedTime(_start) / UsualTime);
        var quiet = time.GetElapsedTime(_lastNews);
        var note = quiet < QuietAfter ? "The backend works on the edit."
            : $"The backend still works on the edit; no news for {quiet.TotalMinutes:N0} minutes.";
        return new JobProgress(JobStage.Swapping, from + (int)(span * share), note, time.GetUtcNow());
    }
}
