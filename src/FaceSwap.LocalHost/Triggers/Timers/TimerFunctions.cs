using FaceSwap.LocalHost.Hosting;
using FaceSwap.LocalHost.Triggers.Functions;
using Microsoft.Azure.Functions.Worker;

namespace FaceSwap.LocalHost.Triggers.Timers;

/// <summary>Runs the timer functions, each on its own schedule and never twice at once.</summary>
internal sealed class TimerFunctions(
    FunctionCatalog functions,
    InvocationFactory invocations,
    DurableHost durable,
    IConfiguration settings,
    TimeProvider time,
    ILogger<TimerFunctionRunner> log) : BackgroundService
{
    private readonly List<TimerFunctionRunner> _runners =
        [.. functions.With<TimerTriggerAttribute>().Select(found => new TimerFunctionRunner(
            found.Trigger,
            new TimerSchedule(found.Trigger.Schedule, settings),
            new FunctionInvoker(found.Function),
            invocations,
            durable,
            time,
            log))];

    /// <summary>Looks up the schedules before anything runs, so that a first run that is cut short still leaves its mark.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (TimerFunctionRunner runner in _runners)
        {
            await runner.PrepareAsync();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_runners.Select(runner => runner.RunAsync(stoppingToken)));
}
