using FaceSwap.Schedules;

namespace FaceSwap.Functions.Schedules;

/// <summary>The steps of a schedule's clock.</summary>
public sealed class ScheduleSteps(ScheduleDocuments schedules, ScheduleRuns runs)
{
    /// <summary>Looks when a schedule is due next. Time zones change with the system's data: what the orchestrator heard, its history keeps.</summary>
    [Function(nameof(PlanSchedule))]
    public async Task<SchedulePlan> PlanSchedule([ActivityTrigger] ScheduleClockInput input, CancellationToken cancellationToken) =>
        await schedules.FindAsync(input.Caller, input.ScheduleId, cancellationToken) is { } schedule
            ? new SchedulePlan(IsGone: false, schedule.IsPaused ? null : new Timetable(schedule).Next(input.Handled))
            : new SchedulePlan(IsGone: true, null);

    /// <summary>Does what is to be done at a time of a schedule: starts its batch, or leaves the time out, or has it wait.</summary>
    /// <returns>The newest time that is done with; null: the run waits for the one before.</returns>
    [Function(nameof(RunSchedule))]
    public Task<DateTimeOffset?> RunSchedule([ActivityTrigger] ScheduleDueInput due, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.RunDueAsync(due, client, cancellationToken);
}
