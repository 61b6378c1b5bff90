using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.Pump;
using FaceSwap.LocalHost.Durable.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Options;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>Runs the task hub from before the first request until after the last.</summary>
internal sealed partial class DurableHost(
    ITaskCatalog catalog,
    DataConverter converter,
    TimeProvider time,
    ILoggerFactory loggers,
    DurableClientSource clients,
    IOptions<LocalHostOptions> options,
    HostJson hostJson,
    IHostApplicationLifetime lifetime,
    ILogger<DurableHost> log) : IHostedService
{
    private TaskHub? _hub;

    public TaskHub Hub => _hub ?? throw new InvalidOperationException("The task hub is not running yet.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        TaskHubServices services = new(catalog, converter, time, loggers);
        // While another host holds the file this waits, and Ctrl-C must end the waiting.
        using CancellationTokenSource waiting =
            CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        _hub = await TaskHub.StartAsync(options.Value.ToTaskHubOptions(hostJson), services, Stop, clients.Set, waiting.Token);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _hub?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    private void Stop(StateFileException fault)
    {
        Log.Stopping(log, fault.Message);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 601, Level = LogLevel.Critical, Message = "The host stops: {Reason}")]
        public static partial void Stopping(ILogger logger, string reason);
    }
}
