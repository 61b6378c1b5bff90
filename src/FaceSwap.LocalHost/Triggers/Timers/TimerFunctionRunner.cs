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

    private StoredSchedule _status = new(default, default, default);
    private bool _missedARun;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Reads when the function last ran, or notes that it is waiting for its first time.</summary>
    public async Task PrepareAsync()
    {
        if (trigger.UseMonitor && durable.Hub.Reader.GetSchedule(invoker.Definition.Name) is { } stored)
        {
            // The schedule may have been changed meanwhile.
            _status = stored with { NextDue = schedule.NextAfter(stored.UpdatedAt) };
            _missedARun = _status.NextDue < Now;
            return;
        }

        _status = new(default, schedule.NextAfter(Now), Now);
        await SaveAsync();
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            if (_missedARun)
            {
                await RunOnceAsync(isPastDue: true, stopping);
            }
            else if (trigger.RunOnStartup)
            {
                await RunOnceAsync(isPastDue: false, stopping);
            }

            while (true)
            {
                await WaitUntilAsync(_status.NextDue, stopping);
                await RunOnceAsync(isPastDue: false, stopping);
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

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stopping)
    {
        TimerInfo info = new()
        {
            IsPastDue = isPastDue,
            ScheduleStatus = new ScheduleStatus { Last = _status.LastRun, Next = _status.NextDue, LastUpdated = _status.UpdatedAt },
        };
        DateTime started = Now;
        await InvokeAsync(info, stopping);
        stopping.ThrowIfCancellationRequested();
        _status = new(started, schedule.NextAfter(Now), Now);
        await SaveAsync();
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

    private Task SaveAsync() => trigger.UseMonitor
        ? durable.Hub.WriteAsync(session =>
        {
            session.Work.Put(invoker.Definition.Name, _status);
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
