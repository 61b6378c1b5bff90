using FaceSwap.Functions.Activities.Schedules;
using FaceSwap.Functions.Instances;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace FaceSwap.Functions.Orchestrations.Schedules;

/// <summary>The clock of a schedule: waits for its next time, has it run, and goes on with a new history; until the schedule is deleted.</summary>
public static class ScheduleClock
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(30);

    // An outage may delay a run, and never ends the clock.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);
    private static readonly TaskOptions Persistent = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 20, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(1)));

    [Function(Orchestrators.ScheduleClock)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, ScheduleClockInput input)
    {
        var changed = context.WaitForExternalEvent<bool>(ScheduleClockInput.Changed);
        try
        {
            var plan = await context.CallActivityAsync<SchedulePlan>(nameof(PlanSchedule), input, Persistent);
            if (plan.IsGone)
            {
                return;
            }

            input = await FollowAsync(context, input, plan, changed);
        }
        catch (TaskFailedException)
        {
            await context.CreateTimer(context.CurrentUtcDateTime + AfterFailure, CancellationToken.None);
        }

        context.ContinueAsNew(input);
    }

    private static async Task<ScheduleClockInput> FollowAsync(TaskOrchestrationContext context, ScheduleClockInput input, SchedulePlan plan, Task changed)
    {
        if (plan.At is not { } at)
        {
            await changed;
            return input with { LookAgainAt = null };
        }

        var until = input.LookAgainAt > at ? input.LookAgainAt.Value : at;
        if (until.UtcDateTime > context.CurrentUtcDateTime && await IsChangedBeforeAsync(context, until, changed))
        {
            return input with { LookAgainAt = null };
        }

        // Timers of Azure's engine may fire a second early: the run counts as the time that was planned, and so never runs twice.
        var now = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
        var handled = await context.CallActivityAsync<DateTimeOffset?>(nameof(RunSchedule), new ScheduleDueInput(input.Caller, input.ScheduleId, at, now > at ? now : at), Persistent);
        return handled is { } done ? input with { Handled = done, LookAgainAt = null } : input with { LookAgainAt = now + LookAgain };
    }

    private static async Task<bool> IsChangedBeforeAsync(TaskOrchestrationContext context, DateTimeOffset until, Task changed)
    {
        using var unneeded = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, unneeded.Token);
        if (await Task.WhenAny(timer, changed) == timer)
        {
            return false;
        }

        Drop(unneeded);
        return true;
    }

    // An orchestration does not go on while a timer of it is open. At once, and not by the thread pool, as an orchestrator must.
    private static void Drop(CancellationTokenSource timer) => timer.Cancel();
}
