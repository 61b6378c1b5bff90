using FaceSwap.Storage;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>The times that the last renders took, shared by all instances of the app.</summary>
public sealed class RenderTimesStore(BlobStore store, TimeProvider time)
{
    public async Task<IReadOnlyList<TimeSpan>> ReadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(JobPaths.RenderTimes, RenderJson.Default.TimeSpanArray, cancellationToken) ?? [];

    /// <summary>Adds an observation. One that is lost to another writer or to an outage is no loss.</summary>
    public Task ObserveAsync(TimeSpan duration, CancellationToken cancellationToken) => BestEffort.WriteAsync(
        async token =>
        {
            var (times, version) = await store.ReadVersionedAsync(JobPaths.RenderTimes, RenderJson.Default.TimeSpanArray, token);
            TimeSpan[] newest = [.. (times ?? []).TakeLast(RenderTimes.Most - 1), duration];
            await store.TryReplaceAsync(JobPaths.RenderTimes, newest, version, RenderJson.Default.TimeSpanArray, token);
        },
        time,
        cancellationToken);
}
