using System.Runtime.InteropServices;
using FaceSwap.FunctionsHost.Durable;
using FaceSwap.FunctionsHost.Functions;
using FaceSwap.FunctionsHost.Http;
using FaceSwap.FunctionsHost.Worker;

namespace FaceSwap.FunctionsHost;

/// <summary>Puts the host together: the worker first, then what drives it, last the door for callers; and takes it apart the other way round.</summary>
internal static class FunctionsHostProgram
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <returns>The exit code: 1, after one clear line, when the host could not start or had to give up.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        try
        {
            var configuration = new ConfigurationBuilder()
                .AddEnvironmentVariables()
                .AddCommandLine(args, new Dictionary<string, string> { ["--port"] = "FunctionsHost:Port", ["--app"] = "FunctionsHost:App" })
                .Build();
            return await RunAsync(ReadOptions(configuration), stop);
        }
        catch (StartupException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private static async Task<int> RunAsync(FunctionsHostOptions options, CancellationTokenSource stop)
    {
        var configuration = new ConfigurationBuilder().AddHostJson(options.App).AddEnvironmentVariables().Build();
        await StorageProbe.CheckAsync(configuration, stop.Token);
        using var loggers = LoggerFactory.Create(ConfigureLogging);
        using var workerLoggers = LoggerFactory.Create(ConfigureConsole);
        await using var endpoint = await WorkerEndpoint.StartAsync(ConfigureLogging, stop.Token);

        string? gaveUp = null;
        await using var worker = await WorkerSupervisor.StartAsync(
            cancellation => LoadedWorker.StartAsync(endpoint, options, new WorkerLog(workerLoggers), Time, Console.WriteLine, cancellation),
            GiveUp,
            Time,
            loggers.CreateLogger<WorkerSupervisor>(),
            stop.Token);
        await using var durable = await DurableHost.StartAsync(worker, configuration, options.Port, ConfigureLogging, Time, stop.Token);
        await using var frontEnd = await FrontEnd.StartAsync(
            worker, durable.Client, HostJson.RoutePrefix(configuration), options, ConfigureLogging, Time, stop.Token);
        Console.WriteLine($"Ready: {frontEnd.Address}");

        await Task.Delay(Timeout.InfiniteTimeSpan, Time, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        return gaveUp is null ? 0 : throw new StartupException(gaveUp);

        void GiveUp(string reason)
        {
            gaveUp = reason;
            stop.Cancel();
        }
    }

    private static FunctionsHostOptions ReadOptions(IConfiguration configuration)
    {
        var options = configuration.GetSection(FunctionsHostOptions.Section).Get<FunctionsHostOptions>() ?? new FunctionsHostOptions();
        var result = new FunctionsHostOptionsValidator().Validate(name: null, options);
        options.App = Path.GetFullPath(options.App is { Length: > 0 } app ? app : ".");
        return result.Failed ? throw new StartupException(string.Join(Environment.NewLine, result.Failures)) : options;
    }

    // What the worker sends is written as it is: what is not to be logged, the app itself keeps quiet.
    private static void ConfigureConsole(ILoggingBuilder logging) =>
        logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        ConfigureConsole(logging);
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning)
            .AddFilter("Grpc", LogLevel.Warning).AddFilter("Yarp", LogLevel.Error)
            .AddFilter("Host", LogLevel.Warning).AddFilter("Function", LogLevel.Warning).AddFilter("DurableTask", LogLevel.Warning).AddFilter("Azure", LogLevel.Error);

        // Why a start failed is said in one sentence by the program itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
