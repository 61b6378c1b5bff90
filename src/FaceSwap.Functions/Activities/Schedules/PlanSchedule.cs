using FaceSwap.Functions.Instances;
using FaceSwap.Schedules;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.Functions.Activities.Schedules;

/// <summary>Looks when a schedule is due next. Time zones change with the system's data: what the orchestrator heard, its history keeps.</summary>
public sealed class PlanSchedule(ScheduleDocuments schedules)
{
    [Function(nameof(PlanSchedule))]
    public async Task<SchedulePlan> RunAsync([ActivityTrigger] ScheduleClockInput input, CancellationToken cancellationToken) =>
        await schedules.FindAsync(input.Caller, input.ScheduleId, cancellationToken) is { } schedule
            ? new SchedulePlan(IsGone: false, schedule.IsPaused ? null : new Timetable(schedule).Next(input.Handled))
            : new SchedulePlan(IsGone: true, null);
}
