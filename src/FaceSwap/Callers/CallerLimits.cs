using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Callers;

/// <summary>What a caller may do in a time, counted in the container, for all instances of the app together.</summary>
/// <remarks>Requests that come at the same moment are counted exactly. Bytes are counted as they become known, and so a little late.</remarks>
public sealed class CallerLimits(BlobStore store, IOptions<CallerOptions> options, TimeProvider time)
{
    private readonly CallerOptions _options = options.Value;

    /// <summary>Counts a request.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.QuotaExceeded"/>: this minute's are used up.</exception>
    public async Task CountRequestAsync(string caller, CancellationToken cancellationToken)
    {
        if (_options.RequestsPerMinute == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var count = await store.CountAsync(JobPaths.RequestCount(caller, now), cancellationToken);
        if (count > _options.RequestsPerMinute)
        {
            throw Exceeded($"There may be {_options.RequestsPerMinute} requests in a minute.", TimeSpan.FromSeconds(60 - now.Second));
        }
    }

    /// <summary>Looks whether a caller may bring more media today.</summary>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.QuotaExceeded"/>: this day's bytes are used up.</exception>
    public async Task CheckBytesAsync(string caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_options.BytesPerDay > 0
            && await store.ReadAsync(JobPaths.ByteCount(caller, now), LimitJson.Default.ByteCount, cancellationToken) is { } today
            && today.Bytes >= _options.BytesPerDay)
        {
            throw Exceeded($"There may be {_options.BytesPerDay:N0} bytes of media in a day.", TimeSpan.FromDays(1) - now.TimeOfDay);
        }
    }

    /// <summary>Counts media that a caller brought.</summary>
    public Task CountBytesAsync(string caller, long bytes, CancellationToken cancellationToken) => _options.BytesPerDay == 0 || bytes == 0
        ? Task.CompletedTask
        : store.UpdateAsync(
            JobPaths.ByteCount(caller, time.GetUtcNow()), LimitJson.Default.ByteCount, today => new ByteCount((today?.Bytes ?? 0) + bytes), cancellationToken);

    /// <summary>Looks whether a caller may start another job.</summary>
    /// <param name="inFlight">How many are under way; only asked for where there is a limit.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.QuotaExceeded"/>: as many as may be are under way.</exception>
    public async Task CheckJobsAsync(Func<Task<int>> inFlight)
    {
        if (_options.JobsInFlight > 0 && await inFlight() >= _options.JobsInFlight)
        {
            throw Exceeded($"There may be {_options.JobsInFlight} jobs under way.", TimeSpan.FromSeconds(30));
        }
    }

    private static FaceSwapException Exceeded(string detail, TimeSpan wait) => new(ErrorCodes.QuotaExceeded, detail, wait);
}

internal sealed record ByteCount(long Bytes);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ByteCount))]
internal sealed partial class LimitJson : JsonSerializerContext;
