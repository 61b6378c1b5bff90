using System.Text.Json;
using System.Text.Json.Serialization;
using FaceSwap.Batches;

namespace FaceSwap.Schedules;

/// <summary>A schedule as the API shows it.</summary>
/// <param name="Id">The schedule's id.</param>
/// <param name="Status">Whether it will be due again.</param>
/// <param name="Name">The caller's name for it.</param>
/// <param name="Cron">The NCRONTAB expression that says when it is due; absent for one that is due once.</param>
/// <param name="TimeZone">The IANA time zone on whose clock the expression is read.</param>
/// <param name="At">The one time at which it is due; absent where an expression says.</param>
/// <param name="Overlap">What follows when it is due while its last run has not ended.</param>
/// <param name="Next">The next times at which it is due, five at most; none while it is paused.</param>
/// <param name="Items">How many items each run has; absent where they are found by a prefix.</param>
/// <param name="Prefix">The beginning of the names of files of which those that are new are the items of a run.</param>
/// <param name="Concurrency">How many of them run at a time, at most.</param>
/// <param name="OnError">What follows an item that fails.</param>
/// <param name="Metadata">The caller's own words, which each run's batch carries.</param>
/// <param name="LastBatch">The batch of the last run, or null.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Links">Where to go from here.</param>
public sealed record ScheduleView(
    string Id,
    ScheduleStatus Status,
    string? Name,
    string? Cron,
    string? TimeZone,
    DateTimeOffset? At,
    ScheduleOverlap Overlap,
    IReadOnlyList<DateTimeOffset> Next,
    int? Items,
    string? Prefix,
    int Concurrency,
    BatchOnError OnError,
    IReadOnlyDictionary<string, string>? Metadata,
    string? LastBatch,
    DateTimeOffset CreatedAt,
    ScheduleLinks Links)
{
    private const int MostTimes = 5;

    /// <param name="schedule">The schedule.</param>
    /// <param name="now">From when on the next times count.</param>
    public static ScheduleView Of(Schedule schedule, DateTimeOffset now)
    {
        var next = schedule.IsPaused ? [] : new Timetable(schedule).Upcoming(now, MostTimes);
        var api = schedule.Template.ApiBase;
        return new ScheduleView(
            schedule.Id,
            schedule.IsPaused ? ScheduleStatus.Paused : next.Count > 0 ? ScheduleStatus.Active : ScheduleStatus.Ended,
            schedule.Name,
            schedule.Cron,
            schedule.Cron is null ? null : schedule.TimeZone,
            schedule.At,
            schedule.Overlap,
            next,
            schedule.Prefix is null ? schedule.Template.Items : null,
            schedule.Prefix,
            schedule.Template.Concurrency,
            schedule.Template.OnError,
            schedule.Template.Metadata,
            schedule.LastBatch,
            schedule.CreatedAt,
            new ScheduleLinks($"{api}/schedules/{schedule.Id}", $"{api}/schedules/{schedule.Id}/runs"));
    }
}

/// <summary>Whether a schedule will be due again.</summary>
[JsonConverter(typeof(ScheduleStatusConverter))]
public enum ScheduleStatus
{
    /// <summary>It will.</summary>
    Active,

    /// <summary>Not until it is resumed.</summary>
    Paused,

    /// <summary>No more: its time has passed.</summary>
    Ended,
}

/// <summary>Lower-case words wherever they are written.</summary>
public sealed class ScheduleStatusConverter() : JsonStringEnumConverter<ScheduleStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

/// <summary>Addresses of a schedule in the API.</summary>
/// <param name="Self">The schedule itself.</param>
/// <param name="Runs">What became of the times at which it was due.</param>
public sealed record ScheduleLinks(string Self, string Runs);
