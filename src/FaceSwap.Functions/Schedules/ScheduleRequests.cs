using System.Globalization;
using FaceSwap.Batches;
using FaceSwap.Callers;
using FaceSwap.Errors;
using FaceSwap.Functions.Batches.Api;
using FaceSwap.Functions.Edge.Http;
using FaceSwap.Functions.Jobs;
using FaceSwap.Schedules;

namespace FaceSwap.Functions.Schedules;

/// <summary>Reads and checks what callers say of schedules.</summary>
public sealed class ScheduleRequests(BatchPlans batches, ApiAddress address, TimeProvider time)
{
    private const int LongestName = 256;
    private const string Utc = "UTC";

    /// <summary>Reads a schedule that is to be created, with the items of its runs.</summary>
    /// <exception cref="FaceSwapException">The schedule is refused.</exception>
    public async Task<(Schedule Schedule, IReadOnlyList<FaceSwapJobInput> Jobs)> ReadAsync(HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var apiBase = address.Of(request);
        var body = await JsonBodyReader.ReadAsync(request, SchedulesApiJson.Default.ScheduleBody, cancellationToken, InboxStore.MostBytes);
        CheckName(body.Name);
        var batch = body.Batch ?? throw Invalid("'batch' must say what each run is, as POST /api/batches takes it.");
        var (id, now) = (ScheduleIds.New(time), time.GetUtcNow());
        var (planned, jobs) = await batches.PlanAsync(id, caller, apiBase, batch, cancellationToken);
        var schedule = new Schedule(
            id,
            caller.Id,
            now,
            now,
            body.Name,
            body.Cron,
            body.TimeZone ?? Utc,
            TimeOf(body.At),
            OverlapOf(body.Overlap) ?? ScheduleOverlap.Skip,
            IsPaused: false,
            planned,
            batch.Webhook?.Url,
            batch.Webhook?.Events,
            Prefix: batch.Prefix);
        CheckTimes(schedule, body.TimeZone);
        return (schedule, jobs);
    }

    /// <summary>Reads a change of a schedule.</summary>
    /// <returns>Makes the changed schedule.</returns>
    /// <exception cref="FaceSwapException">The change is refused; or the change itself throws it, where it does not fit what is there.</exception>
    public async Task<Func<Schedule, Schedule>> ReadPatchAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var patch = await JsonBodyReader.ReadAsync(request, SchedulesApiJson.Default.SchedulePatch, cancellationToken);
        CheckName(patch.Name);
        if (patch is { Cron: not null, At: not null })
        {
            throw Invalid("A schedule has 'cron' or 'at', and not both.");
        }

        return schedule =>
        {
            var changed = schedule with
            {
                Name = patch.Name ?? schedule.Name,
                Cron = patch.At is null ? patch.Cron ?? schedule.Cron : null,
                At = patch.Cron is null ? TimeOf(patch.At) ?? schedule.At : null,
                TimeZone = patch.TimeZone ?? schedule.TimeZone,
                Overlap = OverlapOf(patch.Overlap) ?? schedule.Overlap,
            };
            CheckTimes(changed, patch.TimeZone);
            return changed;
        };
    }

    private void CheckTimes(Schedule schedule, string? timeZone)
    {
        if (schedule.Cron is null == schedule.At is null)
        {
            throw Invalid("A schedule has 'cron', an NCRONTAB expression such as '0 30 2 * * *', or 'at', a time such as 2026-01-31T09:00:00Z; one of them, and not both.");
        }

        if (schedule.At is not null && timeZone is not null)
        {
            throw Invalid("'timeZone' goes with 'cron'; 'at' has an offset of its own.");
        }

        // What can be read and never comes is refused, too.
        if (new Timetable(schedule).Next(time.GetUtcNow()) is null)
        {
            throw Invalid(schedule.Cron is null ? "'at' must be a time to come." : "'cron' names no time to come.");
        }
    }

    private static DateTimeOffset? TimeOf(string? text) => text switch
    {
        null => null,
        _ when text.Length >= 20 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && HasOffset(text) => time.ToUniversalTime(),
        _ => throw Invalid("'at' must be a time with its offset, such as 2026-01-31T09:00:00Z or 2026-01-31T10:00:00+01:00."),
    };

    private static bool HasOffset(string text) => text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.OrdinalIgnoreCase);

    private static ScheduleOverlap? OverlapOf(string? text) => text switch
    {
        null => null,
        "skip" => ScheduleOverlap.Skip,
        "queue" => ScheduleOverlap.Queue,
        _ => throw Invalid("'overlap' must be 'skip' or 'queue'."),
    };

    private static void CheckName(string? name)
    {
        if (name is not null && (name.Length > LongestName || string.IsNullOrWhiteSpace(name)))
        {
            throw Invalid("'name' must have 1 to 256 characters, and not white space alone.");
        }
    }

    private static FaceSwapException Invalid(string detail) => new(ErrorCodes.InvalidRequest, detail);
}

/// <summary>A schedule to be created.</summary>
/// <param name="Name">The caller's name for it, at most 256 characters.</param>
/// <param name="Cron">When it is due: an NCRONTAB expression of five fields, or six with seconds first. This or <c>at</c>.</param>
/// <param name="TimeZone">The IANA time zone on whose clock the expression is read; default <c>UTC</c>.</param>
/// <param name="At">The one time at which it is due, with its offset.</param>
/// <param name="Overlap"><c>skip</c> (default) or <c>queue</c>: what follows when it is due while its last run has not ended.</param>
/// <param name="Batch">What each run is: a batch as <c>POST /api/batches</c> takes it, its media named by addresses or in the library; with a <c>prefix</c> each run takes the files that are new.</param>
public sealed record ScheduleBody(
    string? Name = null, string? Cron = null, string? TimeZone = null, string? At = null, string? Overlap = null, BatchBody? Batch = null);

/// <summary>A change of a schedule; what is absent stays as it is. What each run is does not change: that is another schedule.</summary>
/// <param name="Name">Another name.</param>
/// <param name="Cron">Another expression; a schedule that was due once recurs from then on.</param>
/// <param name="TimeZone">Another time zone.</param>
/// <param name="At">One time instead of an expression, or another one.</param>
/// <param name="Overlap">What follows when it is due while its last run has not ended.</param>
public sealed record SchedulePatch(string? Name = null, string? Cron = null, string? TimeZone = null, string? At = null, string? Overlap = null);
