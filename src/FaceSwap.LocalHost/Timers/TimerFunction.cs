using System.Text.Json;
using Azure;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;

namespace FaceSwap.LocalHost.Timers;

/// <summary>A timer function, which runs by its schedule, one run after the other, and when the admin route asks for it.</summary>
internal sealed partial class TimerFunction(
    AppFunction function, TimerSchedule schedule, Task<string> durableClient, Func<InvocationRequest, CancellationToken, Task> invoke, TimeProvider time, ILogger log)
{
    // The system's timers do not wait longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    public string Name => function.Name;

    // Whether its status is kept and a missed run is made up for.
    private bool IsMonitored { get; } = !schedule.OccursWithinMinutes && (function.TriggerText("useMonitor") is not { } text || bool.Parse(text));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Runs it once.</summary>
    /// <param name="status">What the function is told of its last and next run.</param>
    /// <param name="isPastDue">Whether this run makes up for a missed one.</param>
    public async Task RunAsync(TimerStatus? status, bool isPastDue, CancellationToken cancellation)
    {
        var timer = new { Schedule = new { AdjustForDST = true }, ScheduleStatus = status, IsPastDue = isPastDue };
        await invoke(
            function.NewInvocation(new TypedData { Json = JsonSerializer.Serialize(timer) }, await durableClient.WaitAsync(cancellation), time), cancellation);
    }

    /// <summary>Runs it by its schedule until it is cancelled.</summary>
    /// <param name="blob">Where its status is kept.</param>
    public async Task RunOnScheduleAsync(TimerStatusBlob blob, CancellationToken cancellation)
    {
        var status = await ReadStatusAsync(blob, cancellation);
        if (Now > status.Next)
        {
            status = await RunDueAsync(blob, status, isPastDue: true, Now, cancellation);
        }

        while (true)
        {
            await WaitUntilAsync(status.Next, cancellation);

            // The nominal time: a timer that fires a moment early must not fire twice.
            status = await RunDueAsync(blob, status, isPastDue: false, Now > status.Next ? Now : status.Next, cancellation);
        }
    }

    private async Task<TimerStatus> ReadStatusAsync(TimerStatusBlob blob, CancellationToken cancellation)
    {
        var now = Now;
        var stored = IsMonitored ? await blob.ReadAsync(cancellation) : null;
        var status = stored?.By(schedule, now) ?? TimerStatus.Initial(schedule, now);
        if (status != stored)
        {
            await WriteStatusAsync(blob, status, cancellation);
        }

        return status;
    }

    private async Task<TimerStatus> RunDueAsync(TimerStatusBlob blob, TimerStatus status, bool isPastDue, DateTime run, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(IsMonitored ? status : null, isPastDue, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The edge of the app's code: a failed run does not end the schedule.
            Log.Failed(log, Name, failure.Message);
        }

        // A run that was cut short stays due.
        cancellation.ThrowIfCancellationRequested();
        var next = TimerStatus.AfterRun(schedule, run);
        await WriteStatusAsync(blob, next, cancellation);
        return next;
    }

    private async Task WriteStatusAsync(TimerStatusBlob blob, TimerStatus status, CancellationToken cancellation)
    {
        try
        {
            await (IsMonitored ? blob.WriteAsync(status, cancellation) : Task.CompletedTask);
        }
        catch (Exception problem) when (problem is RequestFailedException or AggregateException)
        {
            // As on the platform. At worst the next start repeats this run.
            Log.StatusNotWritten(log, Name, problem.Message);
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
