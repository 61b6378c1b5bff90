namespace FaceSwap.Functions.Schedules;

/// <summary>The input of a schedule's instance.</summary>
/// <param name="Caller">Whose schedule.</param>
/// <param name="ScheduleId">Which.</param>
/// <param name="Handled">The newest time of it that is done with: it ran, or was left out.</param>
/// <param name="LookAgainAt">When a run that waits for the one before is looked at again; null: none waits.</param>
/// <param name="Pending">A run that was begun and could not be carried through; it comes before everything else. Null: there is none.</param>
/// <param name="Wanted">A run that somebody asked for; null: there is none.</param>
public sealed record ScheduleClockInput(
    string Caller,
    string ScheduleId,
    DateTimeOffset Handled,
    DateTimeOffset? LookAgainAt = null,
    ScheduleDueInput? Pending = null,
    DateTimeOffset? Wanted = null)
{
    /// <summary>The event by which somebody asks for a run, with the time that it counts as.</summary>
    public const string Run = "run";

    /// <summary>The event by which the instance hears that the schedule was changed, paused, resumed or deleted.</summary>
    public const string Changed = "changed";

    /// <summary>The instance of a schedule.</summary>
    public static string InstanceId(string scheduleId) => $"schedule-{scheduleId}";
}

/// <summary>What a schedule's instance waits for.</summary>
/// <param name="IsGone">The schedule was deleted.</param>
/// <param name="At">When it is due next; null: not until it is changed.</param>
public sealed record SchedulePlan(bool IsGone, DateTimeOffset? At);

/// <summary>A time that has come.</summary>
/// <param name="Caller">Whose schedule.</param>
/// <param name="ScheduleId">Which.</param>
/// <param name="At">The time.</param>
/// <param name="Now">How late it is.</param>
/// <param name="IsManual">Whether somebody asked for it: then it is none of the schedule's own times.</param>
public sealed record ScheduleDueInput(string Caller, string ScheduleId, DateTimeOffset At, DateTimeOffset Now, bool IsManual = false);
