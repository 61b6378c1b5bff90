using System.Text.Json;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Protocol;

namespace FaceSwap.LocalHost.Timers;

/// <summary>A timer function with its schedule. The timer runs it, and so does the admin route.</summary>
internal sealed class TimerFunction(
    AppFunction function, TimerSchedule schedule, string durableClient, Func<InvocationRequest, CancellationToken, Task> invoke, TimeProvider time)
{
    public string Name => function.Name;

    public TimerSchedule Schedule => schedule;

    /// <summary>Whether it runs at every start, too.</summary>
    public bool RunsOnStartup => IsOn("runOnStartup", orElse: false);

    /// <summary>Whether its status is kept and a missed run is made up for.</summary>
    public bool IsMonitored => IsOn("useMonitor", orElse: true) && !schedule.OccursWithinMinutes;

    /// <param name="status">What the function is told of its last and next run.</param>
    /// <param name="isPastDue">Whether this run makes up for a missed one.</param>
    public Task RunAsync(TimerStatus? status, bool isPastDue, CancellationToken cancellation)
    {
        var timer = new { Schedule = new { AdjustForDST = true }, ScheduleStatus = status, IsPastDue = isPastDue };
        return invoke(function.NewInvocation(new TypedData { Json = JsonSerializer.Serialize(timer) }, durableClient, time), cancellation);
    }

    private bool IsOn(string property, bool orElse) => function.TriggerText(property) is { } text ? bool.Parse(text) : orElse;
}
