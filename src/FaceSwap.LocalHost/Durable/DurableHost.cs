using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Worker;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.Options;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Microsoft's Durable extension over the storage account of <c>AzureWebJobsStorage</c>; what it runs, the worker runs.</summary>
internal sealed class DurableHost : IDisposable
{
    private static readonly TimeSpan TimeoutGrace = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<string> client = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IHost host;

    /// <param name="giveUp">Is told why, when the host has to end.</param>
    public DurableHost(WorkerSupervisor worker, IConfiguration configuration, LocalHostOptions options, Action<string> giveUp, TimeProvider time) =>
        host = new HostBuilder()
            .ConfigureWebJobs(jobs => jobs.AddDurableTask())

            // After the former, whose own sources would go over these.
            .ConfigureAppConfiguration(settings => settings
                .AddConfiguration(configuration)
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    // Which protocol the extension speaks with its functions, and where host.json lies.
                    ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
                    ["AzureWebJobsConfigurationSection"] = HostJson.Root,

                    // The name of a container would make the extension take this machine for a consumption plan.
                    ["CONTAINER_NAME"] = "",
                }))
            .ConfigureLogging(HostLog.Configure)
            .ConfigureServices(services =>
            {
                services.AddSingleton<ITypeLocator>(new FunctionTypes(worker.Functions));
                services.AddSingleton<IFunctionRunner>(new WorkerRunner(worker, Client, new HistoryRecorder(options.Histories), time));
                services.AddSingleton<IWebJobsExceptionHandler>(new TimeoutHandler(worker, giveUp, time));
                ManagementAddress.AddTo(services, options.Port);
                PartLifetime.AddTo(services, options.ShutdownLimit);
                if (HostJson.FunctionTimeout(configuration) is { } limit)
                {
                    services.Configure<JobHostFunctionTimeoutOptions>(options =>
                    {
                        options.Timeout = limit;
                        options.ThrowOnTimeout = true;
                        options.TimeoutWhileDebugging = true;
                        options.GracePeriod = TimeoutGrace;
                    });
                }
            })
            .Build();

    /// <summary>What the worker needs for a Durable client, as JSON; there when it has started.</summary>
    public Task<string> Client => client.Task;

    /// <summary>What the hosts share that do the same work, in lower case.</summary>
    public string TaskHub => host.Services.GetRequiredService<IOptions<DurableTaskOptions>>().Value.HubName.ToLowerInvariant();

    /// <summary>Takes what waits in the queues, from now on.</summary>
    /// <exception cref="StartupException">The extension does not start.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await host.StartAsync(cancellation);
            client.SetResult(await ReadClientAsync(cancellation));
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new StartupException($"The Durable extension does not start over the storage account of AzureWebJobsStorage: {problem.GetBaseException().Message}", problem);
        }
    }

    /// <summary>Takes nothing more, and waits for what runs. What is not done by then comes back from the queues.</summary>
    /// <param name="limit">Ends the wait.</param>
    public async Task StopAsync(CancellationToken limit)
    {
        try
        {
            await host.StopAsync(limit);
        }
        catch (Exception)
        {
            // Its time is up, or the extension failed: either way the rest of this host has to end.
        }
    }

    public void Dispose()
    {
        // Requests that came before the start still wait for it.
        client.TrySetCanceled(CancellationToken.None);
        host.Dispose();
    }

    private async Task<string> ReadClientAsync(CancellationToken cancellation)
    {
        var bound = "";
        void Take(string value) => bound = value;
        await host.Services.GetRequiredService<IJobHost>().CallAsync(
            $"{nameof(DurableClientProbe)}.{nameof(DurableClientProbe.Take)}", new Dictionary<string, object> { ["take"] = (Action<string>)Take }, cancellation);
        return bound;
    }
}
