using FaceSwap.Functions.Edge.Durable;

namespace FaceSwap.Functions.Schedules;

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
        var wanted = context.WaitForExternalEvent<DateTimeOffset>(ScheduleClockInput.Run);
        try
        {
            if (input.Pending is { } pending)
            {
                input = await RunAsync(context, input, pending);
            }
            else if (input.Wanted is { } at)
            {
                input = await RunAsync(context, input with { Wanted = null }, Due(context, input, at, isManual: true));
            }
            else
            {
                var plan = await context.CallActivityAsync<SchedulePlan>(nameof(ScheduleSteps.PlanSchedule), input, Persistent);
                if (plan.IsGone)
                {
                    return;
                }

                input = await FollowAsync(context, input, plan, changed, wanted);
            }
        }
        catch (TaskFailedException)
        {
            await WaitAsync(context);
        }

        // What came meanwhile is the next thing; the next history would not have it.
        context.ContinueAsNew(wanted.IsCompleted ? input with { Wanted = await wanted } : input);
    }

    // Ends when something is done with, or to be looked at anew.
    private static async Task<ScheduleClockInput> FollowAsync(
        TaskOrchestrationContext context, ScheduleClockInput input, SchedulePlan plan, Task changed, Task wanted)
    {
        if (plan.At is not { } at)
        {
            await Task.WhenAny(changed, wanted);
            return input with { LookAgainAt = null };
        }

        var until = input.LookAgainAt > at ? input.LookAgainAt.Value : at;
        return until.UtcDateTime > context.CurrentUtcDateTime && await IsCalledBeforeAsync(context, until, changed, wanted)
            ? input with { LookAgainAt = null }
            : await RunAsync(context, input, Due(context, input, at, isManual: false));
    }

    // Timers of Azure's engine may fire a second early: the run counts as the time that was planned, and so never runs twice.
    private static ScheduleDueInput Due(TaskOrchestrationContext context, ScheduleClockInput input, DateTimeOffset at, bool isManual)
    {
        var now = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
        return new ScheduleDueInput(input.Caller, input.ScheduleId, at, now > at ? now : at, isManual);
    }

    // What is begun is carried through before anything else, whatever becomes of the schedule meanwhile.
    private static async Task<ScheduleClockInput> RunAsync(TaskOrchestrationContext context, ScheduleClockInput input, ScheduleDueInput due)
    {
        DateTimeOffset? handled;
        try
        {
            handled = await context.CallActivityAsync<DateTimeOffset?>(nameof(ScheduleSteps.RunSchedule), due, Persistent);
        }
        catch (TaskFailedException)
        {
            await WaitAsync(context);
            return input with { Pending = due };
        }

        input = input with { Pending = null };
        return due.IsManual ? input
            : handled is { } done ? input with { Handled = done, LookAgainAt = null }
            : input with { LookAgainAt = due.Now + LookAgain };
    }

    private static Task WaitAsync(TaskOrchestrationContext context) => context.CreateTimer(context.CurrentUtcDateTime + AfterFailure, CancellationToken.None);

    private static async Task<bool> IsCalledBeforeAsync(TaskOrchestrationContext context, DateTimeOffset until, Task changed, Task wanted)
    {
        using var unneeded = new CancellationTokenSource();
        var timer = context.CreateTimer(until.UtcDateTime, unneeded.Token);
        if (await Task.WhenAny(timer, changed, wanted) == timer)
        {
            return false;
        }

        Drop(unneeded);
        return true;
    }

    // An orchestration does not go on while a timer of it is open. At once, and not by the thread pool, as an orchestrator must.
    private static void Drop(CancellationTokenSource timer) => timer.Cancel();
}
