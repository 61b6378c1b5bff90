using Azure;

namespace FaceSwap.LocalHost.Timers;

/// <summary>Runs one timer function by its schedule, one run after the other.</summary>
internal sealed partial class FunctionTimer(TimerFunction function, TimerStatusBlob blob, TimeProvider time, ILogger log)
{
    // The system's timers do not wait longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly TimerSchedule schedule = function.Schedule;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Runs the function until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var status = await ReadStatusAsync(cancellation);
        var isPastDue = Now > status.Next;
        if (isPastDue || function.RunsOnStartup)
        {
            status = await RunOnceAsync(status, isPastDue, Now, cancellation);
        }

        while (true)
        {
            await WaitUntilAsync(status.Next, cancellation);

            // The nominal time: a timer that fires a moment early must not fire twice.
            status = await RunOnceAsync(status, isPastDue: false, Now > status.Next ? Now : status.Next, cancellation);
        }
    }

    private async Task<TimerStatus> ReadStatusAsync(CancellationToken cancellation)
    {
        var now = Now;
        var stored = function.IsMonitored ? await blob.ReadAsync(cancellation) : null;
        var status = stored?.By(schedule, now) ?? TimerStatus.Initial(schedule, now);
        if (status != stored)
        {
            await WriteStatusAsync(status, cancellation);
        }

        return status;
    }

    private async Task<TimerStatus> RunOnceAsync(TimerStatus status, bool isPastDue, DateTime run, CancellationToken cancellation)
    {
        try
        {
            await function.RunAsync(function.IsMonitored ? status : null, isPastDue, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The edge of the app's code: a failed run does not end the schedule.
            Log.Failed(log, function.Name, failure.Message);
        }

        // A run that was cut short stays due.
        cancellation.ThrowIfCancellationRequested();
        var next = TimerStatus.AfterRun(schedule, run);
        await WriteStatusAsync(next, cancellation);
        return next;
    }

    private async Task WriteStatusAsync(TimerStatus status, CancellationToken cancellation)
    {
        try
        {
            await (function.IsMonitored ? blob.WriteAsync(status, cancellation) : Task.CompletedTask);
        }
        catch (Exception problem) when (problem is RequestFailedException or AggregateException)
        {
            // As on the platform. At worst the next start repeats this run.
            Log.StatusNotWritten(log, function.Name, problem.Message);
        }
    }

    private async Task WaitUntilAsync(DateTime due, CancellationToken cancellation)
    {
        for (var left = due - Now; left > TimeSpan.Zero; left = due - Now)
        {
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellation);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "Timer function {Function} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string function, string reason);

        [LoggerMessage(EventId = 502, Level = LogLevel.Error, Message = "The status of the timer function {Function} could not be written: {Reason}")]
        public static partial void StatusNotWritten(ILogger logger, string function, string reason);
    }
}
