using System.Text.Json.Serialization;
using FaceSwap.Storage;

namespace FaceSwap.NemoVideo.Renders;

/// <summary>How long renders take: the times that were observed, or the usual range where none were.</summary>
/// <param name="Sorted">Durations in ascending order, at least one.</param>
public sealed record RenderTimes(IReadOnlyList<TimeSpan> Sorted)
{
    /// <summary>How many observations are kept, and how many are needed before they replace the usual range.</summary>
    public const int Most = 42;

    private const int Enough = 8;

    /// <summary>The usual range as if it had been observed evenly.</summary>
    public static RenderTimes Between(TimeSpan shortest, TimeSpan longest) =>
        new([.. Enumerable.Range(1, Most).Select(i => shortest + ((longest - shortest) * ((double)i / Most)))]);

    /// <summary>The observations where there are enough of them, else the usual range.</summary>
    public static RenderTimes Of(IReadOnlyCollection<TimeSpan> observed, RenderTimes usual) =>
        observed.Count < Enough ? usual : new RenderTimes([.. observed.Order()]);

    /// <summary>The time within which a share of the renders was finished.</summary>
    public TimeSpan Quantile(double share) => Sorted[Math.Clamp((int)Math.Ceiling(share * Sorted.Count) - 1, 0, Sorted.Count - 1)];
}

/// <summary>The times that the last renders took, shared by all instances of the app.</summary>
public sealed class RenderTimesStore(BlobStore store, TimeProvider time)
{
    public async Task<IReadOnlyList<TimeSpan>> ReadAsync(CancellationToken cancellationToken) =>
        await store.ReadAsync(JobPaths.RenderTimes, RenderJson.Default.TimeSpanArray, cancellationToken) ?? [];

    /// <summary>Adds an observation. One that is lost to another writer or to an outage is no loss.</summary>
    public Task ObserveAsync(TimeSpan duration, CancellationToken cancellationToken) => BestEffort.TryAsync(
        async token =>
        {
            var (times, version) = await store.ReadVersionedAsync(JobPaths.RenderTimes, RenderJson.Default.TimeSpanArray, token);
            TimeSpan[] newest = [.. (times ?? []).TakeLast(RenderTimes.Most - 1), duration];
            await store.TryReplaceAsync(JobPaths.RenderTimes, newest, version, RenderJson.Default.TimeSpanArray, token);
        },
        time,
        cancellationToken);
}

[JsonSerializable(typeof(TimeSpan[]))]
internal sealed partial class RenderJson : JsonSerializerContext;
