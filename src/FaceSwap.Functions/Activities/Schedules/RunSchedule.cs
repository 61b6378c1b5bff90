using FaceSwap.Functions.Instances;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace FaceSwap.Functions.Activities.Schedules;

/// <summary>Does what is to be done at a time of a schedule: starts its batch, or leaves the time out, or has it wait.</summary>
public sealed class RunSchedule(ScheduleRuns runs)
{
    /// <returns>The newest time that is done with; null: the run waits for the one before.</returns>
    [Function(nameof(RunSchedule))]
    public Task<DateTimeOffset?> RunAsync([ActivityTrigger] ScheduleDueInput due, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.RunDueAsync(due, client, cancellationToken);
}
