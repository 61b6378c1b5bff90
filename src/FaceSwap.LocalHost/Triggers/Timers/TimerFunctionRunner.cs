using FaceSwap.LocalHost.Durable.Storage;
using FaceSwap.LocalHost.Hosting;
using FaceSwap.LocalHost.Triggers.Functions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Timers;

/// <summary>Waits for the due times of one timer function and runs it; the last run outlives the host.</summary>
internal sealed partial class TimerFunctionRunner(
    TimerTriggerAttribute trigger,
    TimerSchedule schedule,
    FunctionInvoker invoker,
    InvocationFactory invocations,
    DurableHost durable,
    TimeProvider time,
    ILogger<TimerFunctionRunner> log)
{
    // System timers are limited to about 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            StoredSchedule status = await ReadStatusAsync();
            if (trigger.UseMonitor && status.NextDue < Now)
            {
                status = await RunOnceAsync(status, isPastDue: true, stopping);
            }
            else if (trigger.RunOnStartup)
            {
                status = await RunOnceAsync(status, isPastDue: false, stopping);
            }

            while (true)
            {
                await WaitUntilAsync(status.NextDue, stopping);
                status = await RunOnceAsync(status, isPastDue: false, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure) when (failure is StateFileException or ObjectDisposedException)
        {
            // The engine has stopped and said why.
        }
    }

    private async Task<StoredSchedule> ReadStatusAsync()
    {
        if (trigger.UseMonitor && durable.Hub.Reader.GetSchedule(invoker.Definition.Name) is { } stored)
        {
            // The schedule may have been changed meanwhile.
            DateTime next = schedule.NextAfter(stored.UpdatedAt);
            return stored with { NextDue = next };
        }

        StoredSchedule first = new(default, schedule.NextAfter(Now), Now);
        await SaveAsync(first);
        return first;
    }

    private async Task<StoredSchedule> RunOnceAsync(StoredSchedule status, bool isPastDue, CancellationToken stopping)
    {
        TimerInfo info = new()
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus { Last = status.LastRun, Next = status.NextDue, LastUpdated = status.UpdatedAt },
        };
        DateTime started = Now;
        await InvokeAsync(info, stopping);
        stopping.ThrowIfCancellationRequested();
        StoredSchedule next = new(started, schedule.NextAfter(Now), Now);
        await SaveAsync(next);
        return next;
    }

    private async Task InvokeAsync(TimerInfo info, CancellationToken stopping)
    {
        try
        {
            await using AsyncServiceScope scope = invocations.NewScope();
            await invoker.InvokeAsync(invocations.Create(invoker, scope.ServiceProvider, stopping, triggerValue: info));
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            // The edge of the app's code: a failed run does not end the schedule.
            Log.Failed(log, failure, invoker.Definition.Name);
        }
    }

    private Task SaveAsync(StoredSchedule status) => trigger.UseMonitor
        ? durable.Hub.WriteAsync(session =>
        {
            session.Work.Put(invoker.Definition.Name, status);
            return true;
        })
        : Task.CompletedTask;

    private async Task WaitUntilAsync(DateTime due, CancellationToken stopping)
    {
        TimeSpan left;
        while ((left = due - Now) > TimeSpan.Zero)
        {
            // A whole millisecond up, so that it is really due afterwards.
            TimeSpan wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "Timer function {Function} failed.")]
        public static partial void Failed(ILogger logger, Exception failure, string function);
    }
}
