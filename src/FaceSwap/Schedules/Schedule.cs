using System.Text.Json.Serialization;
using FaceSwap.Batches;

namespace FaceSwap.Schedules;

/// <summary>A schedule as it is kept: when it is due, and what a run of it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Caller">Whose it is.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CountsFrom">Times before this moment do not count: it was created, changed or resumed then.</param>
/// <param name="Name">The caller's name for it, or null.</param>
/// <param name="Cron">An NCRONTAB expression; null for one that is due once.</param>
/// <param name="TimeZone">The IANA time zone on whose clock the expression is read.</param>
/// <param name="At">The one time at which it is due; null where an expression says.</param>
/// <param name="Overlap">What follows when it is due while its last run has not ended.</param>
/// <param name="IsPaused">Whether it is never due until it is resumed.</param>
/// <param name="Template">The batch that each run is; its id and time are the schedule's.</param>
/// <param name="WebhookUrl">Who is told of the batches and of what was skipped, besides the caller's endpoints; or null.</param>
/// <param name="WebhookEvents">What that receiver hears of; null: the default.</param>
/// <param name="LastBatch">The batch of the last run, or null.</param>
/// <param name="Prefix">The beginning of the names of the library's files, of which those that are new are the items of a run; null: each run has the same items.</param>
public sealed record Schedule(
    string Id,
    string Caller,
    DateTimeOffset CreatedAt,
    DateTimeOffset CountsFrom,
    string? Name,
    string? Cron,
    string TimeZone,
    DateTimeOffset? At,
    ScheduleOverlap Overlap,
    bool IsPaused,
    BatchInput Template,
    string? WebhookUrl,
    IReadOnlyList<string>? WebhookEvents,
    string? LastBatch = null,
    string? Prefix = null);

/// <summary>What follows when a schedule is due while its last run has not ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleOverlap>))]
public enum ScheduleOverlap
{
    /// <summary>That time is left out, and said to be.</summary>
    [JsonStringEnumMemberName("skip")]
    Skip,

    /// <summary>The run begins when the last one has ended; of several times that pass meanwhile, one.</summary>
    [JsonStringEnumMemberName("queue")]
    Queue,
}
