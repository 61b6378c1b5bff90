using System.Text.Json.Serialization;

namespace FaceSwap.Schedules;

/// <summary>What became of a time at which a schedule was due.</summary>
/// <param name="At">The time.</param>
/// <param name="Status">What became of it.</param>
/// <param name="RecordedAt">When that was decided.</param>
/// <param name="BatchId">The batch that ran; of a time that was left out, the one that still ran.</param>
/// <param name="Missed">How many times before it have passed unheeded, because the app was down.</param>
/// <param name="IsManual">Whether somebody asked for it, at a time of their own.</param>
public sealed record ScheduleRun(DateTimeOffset At, ScheduleRunStatus Status, DateTimeOffset RecordedAt, string BatchId, int Missed = 0, bool IsManual = false);

/// <summary>What became of a time at which a schedule was due.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleRunStatus>))]
public enum ScheduleRunStatus
{
    /// <summary>Somebody asked for it, and the schedule's clock has yet to decide.</summary>
    [JsonStringEnumMemberName("requested")]
    Requested,

    /// <summary>A batch was started.</summary>
    [JsonStringEnumMemberName("started")]
    Started,

    /// <summary>It was left out, since the last batch still ran.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,
}
