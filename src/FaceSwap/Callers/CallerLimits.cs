using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Errors;
using FaceSwap.Storage;
using Microsoft.Extensions.Options;

namespace FaceSwap.Callers;

/// <summary>What a caller may do in a time, counted in the container, for all instances of the app together.</summary>
/// <remarks>Requests and jobs that come at the same moment are counted exactly. Bytes are counted as they become known, and so a little late.</remarks>
public sealed class CallerLimits(BlobStore store, IOptions<CallerOptions> options, TimeProvider time)
{
    private const string Until = "until";
    private const int MostLooks = 5;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(300);

    // Of one that died in between, the mark lapses.
    private static readonly TimeSpan StartsTake = TimeSpan.FromMinutes(1);
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
        var count = await store.Marks.CountAsync(JobPaths.RequestCount(caller, now), cancellationToken);
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
    /// <param name="open">Those that are under way; only asked for where there is a limit.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.QuotaExceeded"/>: as many as may be are under way.</exception>
    public async Task CheckJobsAsync(Func<Task<IReadOnlyList<string>>> open)
    {
        if (_options.JobsInFlight > 0 && (await open()).Count >= _options.JobsInFlight)
        {
            throw TooManyJobs();
        }
    }

    /// <summary>Starts a job of a caller, unless as many as may be are under way, or about to be.</summary>
    /// <remarks>
    /// Each makes a mark before it looks at the others': of any two at once, at least one sees the other. A job leaves its mark only when it
    /// is noted as under way. Those that see one another would all give up: the newest do so first, and the oldest look again.
    /// </remarks>
    /// <param name="caller">Whose job it is.</param>
    /// <param name="jobId">The job; ids sort by time.</param>
    /// <param name="open">Those that are under way; only asked for where there is a limit.</param>
    /// <param name="start">Starts it, and notes it as under way.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="FaceSwapException"><see cref="ErrorCodes.QuotaExceeded"/>: it was not started.</exception>
    public async Task<T> WithinJobsAsync<T>(string caller, string jobId, Func<Task<IReadOnlyList<string>>> open, Func<Task<T>> start, CancellationToken cancellationToken)
    {
        if (_options.JobsInFlight == 0)
        {
            return await start();
        }

        var mine = JobPaths.Start(caller, jobId);
        await store.Marks.WriteAsync(mine, MarkOfNow(), cancellationToken);
        try
        {
            for (var look = 1; ; look++)
            {
                // The marks first: a job that leaves its own meanwhile is under way by then.
                var starting = await StartingAsync(caller, cancellationToken);
                var running = await open();
                int Others(Func<string, bool> counts) => running.Concat(starting.Where(counts)).Distinct().Count(other => other != jobId);
                if (Others(_ => true) < _options.JobsInFlight)
                {
                    return await start();
                }

                if (look == MostLooks || Others(other => string.CompareOrdinal(other, jobId) < 0) >= _options.JobsInFlight)
                {
                    throw TooManyJobs();
                }

                await Task.Delay(LookAgainAfter, time, cancellationToken);
            }
        }
        finally
        {
            await BestEffort.TryAsync(token => store.DeleteAsync(mine, token), time, CancellationToken.None);
        }
    }

    private async Task<IReadOnlyList<string>> StartingAsync(string caller, CancellationToken cancellationToken)
    {
        var prefix = JobPaths.Starts(caller);
        var now = time.GetUtcNow();
        return await store.Marks.ListAsync(prefix, cancellationToken)
            .Where(mark => long.Parse(mark.Facts[Until], CultureInfo.InvariantCulture) > now.UtcTicks)
            .Select(mark => mark.Path[prefix.Length..])
            .ToListAsync(cancellationToken);
    }

    private Dictionary<string, string> MarkOfNow() => new() { [Until] = (time.GetUtcNow() + StartsTake).UtcTicks.ToString(CultureInfo.InvariantCulture) };

    private FaceSwapException TooManyJobs() => Exceeded($"There may be {_options.JobsInFlight} jobs under way.", TimeSpan.FromSeconds(30));

    private static FaceSwapException Exceeded(string detail, TimeSpan wait) => new(ErrorCodes.QuotaExceeded, detail, wait);
}

internal sealed record ByteCount(long Bytes);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ByteCount))]
internal sealed partial class LimitJson : JsonSerializerContext;
