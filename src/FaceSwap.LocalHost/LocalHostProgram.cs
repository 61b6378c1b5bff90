using System.Runtime.InteropServices;
using FaceSwap.LocalHost.Durable;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Http;
using FaceSwap.LocalHost.Timers;
using FaceSwap.LocalHost.Worker;

namespace FaceSwap.LocalHost;

/// <summary>Puts the host together: the worker first, then what drives it, last the door for callers; and takes it apart the other way round.</summary>
internal static class LocalHostProgram
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <returns>The exit code: 1, after one clear line, when the host could not start or had to give up.</returns>
    public static async Task<int> Main(string[] args)
    {
        using var stop = new HostStop();
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddEnvironmentVariables()
                .AddCommandLine(args, new Dictionary<string, string> { ["--port"] = "LocalHost:Port", ["--app"] = "LocalHost:App" })
                .Build();
            await RunAsync(ReadOptions(configuration), stop);
        }
        catch (Exception problem) when (problem is StartupException or FormatException)
        {
            stop.Because(problem.Message.ReplaceLineEndings(" "));
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Told to stop while it was still starting, or gave up then: it is said below.
        }

        await Console.Error.WriteAsync(stop.Problem is null ? "" : $"{stop.Problem}{Environment.NewLine}");
        return stop.Problem is null ? 0 : 1;
    }

    private static async Task RunAsync(LocalHostOptions options, HostStop stop)
    {
        var configuration = new ConfigurationBuilder().AddHostJson(options.App).AddEnvironmentVariables().Build();
        var storage = await StorageProbe.CheckAsync(configuration, stop.Token);
        using var loggers = LoggerFactory.Create(HostLog.Configure);
        using var workerLoggers = LoggerFactory.Create(HostLog.ConfigureConsole);
        await using var endpoint = await WorkerEndpoint.StartAsync(options, stop.Token);
        await using var worker = await WorkerSupervisor.StartAsync(
            cancellation => LoadedWorker.StartAsync(endpoint, options, new WorkerLog(workerLoggers), Time, Console.WriteLine, cancellation),
            stop.Because,
            Time,
            loggers.CreateLogger<WorkerSupervisor>(),
            stop.Token);

        // Durable work starts last: a host that cannot start has not taken any.
        using var durable = new DurableHost(worker, configuration, options, stop.Because, Time);
        var log = loggers.CreateLogger<TimerFunction>();
        TimerFunction[] timerFunctions = [.. worker.Functions.Where(function => function.IsTriggeredBy("timerTrigger")).Select(function =>
            new TimerFunction(function, TimerSchedule.Of(function, configuration), durable.Client, worker.InvokeAsync, Time, log))];
        await using var frontEnd = await FrontEnd.StartAsync(worker, timerFunctions, durable.Client, configuration, options, Time, stop.Token);
        await durable.StartAsync(stop.Token);
        Console.WriteLine($"Ready: {frontEnd.Address}");
        var timers = new TimerLease(storage, durable.TaskHub, Time, log).RunAsync(timerFunctions, stop.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, Time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        using var limit = new CancellationTokenSource(options.ShutdownLimit, Time);
        await Task.WhenAll(frontEnd.StopAsync(limit.Token), timers.WaitAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await durable.StopAsync(limit.Token);
    }

    private static LocalHostOptions ReadOptions(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection(LocalHostOptions.Section).Get<LocalHostOptions>() ?? new LocalHostOptions();
            var result = new LocalHostOptionsValidator().Validate(name: null, options);
            options.App = result.Failed ? throw new StartupException(string.Join(Environment.NewLine, result.Failures)) : Path.GetFullPath(options.App);
            return options;
        }
        catch (InvalidOperationException problem)
        {
            throw new StartupException(problem.Message, problem);
        }
    }

    /// <summary>When the host stops, and why if something made it.</summary>
    private sealed class HostStop : IDisposable
    {
        private readonly CancellationTokenSource source = new();
        private readonly PosixSignalRegistration[] signals;

        public HostStop() => signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

        public CancellationToken Token => source.Token;

        public string? Problem { get; private set; }

        /// <summary>Stops the host; the first problem is the one that is told.</summary>
        public void Because(string problem)
        {
            Problem ??= problem;
            source.Cancel();
        }

        public void Dispose()
        {
            Array.ForEach(signals, signal => signal.Dispose());
            source.Dispose();
        }

        // The second signal is left to the system, which ends the process at once.
        private void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }
    }
}
