using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Worker;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Timers;

namespace FaceSwap.LocalHost.Durable;

/// <summary>Microsoft's Durable extension over the storage account of <c>AzureWebJobsStorage</c>; what it runs, the worker runs.</summary>
internal sealed class DurableHost : IAsyncDisposable
{
    private static readonly TimeSpan TimeoutGrace = TimeSpan.FromSeconds(5);

    private readonly IHost host;

    private DurableHost(IHost host, string client)
    {
        this.host = host;
        Client = client;
    }

    /// <summary>What the worker needs for a Durable client, as JSON.</summary>
    public string Client { get; }

    public static async Task<DurableHost> StartAsync(
        WorkerSupervisor worker, IConfiguration configuration, LocalHostOptions options, Action<string> giveUp, TimeProvider time, CancellationToken cancellation)
    {
        var client = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = new HostBuilder()
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
                services.AddSingleton<IFunctionRunner>(new WorkerRunner(worker, client.Task, new HistoryRecorder(options.Histories), time));
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
        try
        {
            await host.StartAsync(cancellation);
            client.SetResult(await ReadClientAsync(host, cancellation));
            return new DurableHost(host, await client.Task);
        }
        catch (Exception problem)
        {
            // What came back from the queues may be waiting for the client.
            client.TrySetCanceled(CancellationToken.None);
            host.Dispose();
            throw problem is OperationCanceledException ? problem : new StartupException($"The Durable extension does not start over the storage account of AzureWebJobsStorage: {problem.GetBaseException().Message}", problem);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await host.StopAsync();
        }
        catch (Exception problem) when (problem is OperationCanceledException or AggregateException)
        {
            // Its time is up: what it was running comes back from the queues.
        }
        finally
        {
            host.Dispose();
        }
    }

    private static async Task<string> ReadClientAsync(IHost host, CancellationToken cancellation)
    {
        var client = "";
        void Take(string bound) => client = bound;
        await host.Services.GetRequiredService<IJobHost>().CallAsync(
            $"{nameof(DurableClientProbe)}.{nameof(DurableClientProbe.Take)}", new Dictionary<string, object> { ["take"] = (Action<string>)Take }, cancellation);
        return client;
    }
}
