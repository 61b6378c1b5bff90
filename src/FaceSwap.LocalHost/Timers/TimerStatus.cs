using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;

namespace FaceSwap.LocalHost.Timers;

/// <summary>When a timer function last ran and when it is due, in UTC.</summary>
/// <param name="Last">The last run; the default value before the first one and after a change of the schedule.</param>
/// <param name="Next">The next run.</param>
/// <param name="LastUpdated">The time from which <paramref name="Next"/> was calculated.</param>
internal sealed record TimerStatus(DateTime Last, DateTime Next, DateTime LastUpdated)
{
    public static TimerStatus Initial(TimerSchedule schedule, DateTime now) => new(default, schedule.NextAfter(now), now);

    public static TimerStatus AfterRun(TimerSchedule schedule, DateTime run) => new(run, schedule.NextAfter(run), run);

    /// <summary>The stored status by the schedule of today. A changed schedule does not make the timer past due.</summary>
    public TimerStatus By(TimerSchedule schedule, DateTime now)
    {
        var from = Last != default ? Last : LastUpdated;
        var next = schedule.NextAfter(from);
        return next == Next ? this
            : next < now ? Initial(schedule, now)
            : new TimerStatus(default, next, from);
    }
}

/// <summary>Keeps the status of one timer function where the platform has it.</summary>
internal sealed class TimerStatusBlob(BlobContainerClient container, string hostId, string function)
{
    private readonly BlobClient blob = container.GetBlobClient($"timers/{hostId}/{function}/status");

    /// <returns>Null when the function has no status yet, or one that nobody can read.</returns>
    public async Task<TimerStatus?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToObjectFromJson<TimerStatus>();
        }
        catch (Exception problem) when (problem is JsonException or RequestFailedException { Status: StatusCodes.Status404NotFound })
        {
            return null;
        }
    }

    public Task WriteAsync(TimerStatus status, CancellationToken cancellation) =>
        blob.UploadAsync(BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(status)), overwrite: true, cancellation);
}
