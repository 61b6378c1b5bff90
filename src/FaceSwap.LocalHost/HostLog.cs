namespace FaceSwap.LocalHost;

/// <summary>What this host writes, line by line, to its console.</summary>
internal static class HostLog
{
    /// <summary>What the worker sends is written as it is: what is not to be logged, the app itself keeps quiet.</summary>
    public static void ConfigureConsole(ILoggingBuilder logging) =>
        logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);

    /// <summary>Of its own parts, only what calls for attention.</summary>
    public static void Configure(ILoggingBuilder logging)
    {
        ConfigureConsole(logging);
        Array.ForEach(["Microsoft", "System.Net.Http", "Grpc", "Host", "Function", "DurableTask"], (string quiet) => logging.AddFilter(quiet, LogLevel.Warning));

        // These call a conflict that is expected a warning; and this host tells of failed forwarding itself.
        logging.AddFilter("Azure", LogLevel.Error).AddFilter("Yarp", LogLevel.None);

        // Why a start failed is said in one sentence by the program itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}

/// <summary>The parts of this host hear of signals from the program alone, which stops them in order.</summary>
internal sealed class PartLifetime : IHostLifetime
{
    public static void AddTo(IServiceCollection services, TimeSpan shutdownLimit)
    {
        services.AddSingleton<IHostLifetime, PartLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdownLimit);
    }

    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
