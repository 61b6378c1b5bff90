using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>Microsoft's in-memory engine for tests, which the app's orchestrators and activities talk to as they do to any other.</summary>
/// <remarks>
/// What it does not share with Azure's engine: nothing survives the process, and no message is delivered twice; an activity is not
/// repeated; a status and a history have no largest size; timers keep milliseconds; instances are found at once after their start; an
/// event for an instance that does not exist is dropped here.
/// </remarks>
internal sealed class InProcessEngine : IAsyncDisposable
{
    private readonly WebApplication sidecar;
    private readonly GrpcChannel channel;

    private InProcessEngine(WebApplication sidecar)
    {
        this.sidecar = sidecar;
        channel = GrpcChannel.ForAddress(sidecar.Urls.First());
    }

    public static async Task<InProcessEngine> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var service = new WideService();
        builder.Services.AddSingleton<IOrchestrationService>(service);
        builder.Services.AddSingleton<IOrchestrationServiceClient>(service);
        builder.Services.AddSingleton<TaskHubGrpcServer>();
        var sidecar = builder.Build();
        sidecar.MapGrpcService<TaskHubGrpcServer>();
        await sidecar.StartAsync();
        return new InProcessEngine(sidecar);
    }

    /// <summary>Adds a worker that runs the app's functions, and a client.</summary>
    public void Register(IServiceCollection services)
    {
        services.AddDurableTaskWorker(worker =>
        {
            worker.UseGrpc(channel);
            worker.AddTasks(FunctionTasks.Register);
        });
        services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(channel);
            client.RegisterDirectly();
        });
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await sidecar.StopAsync(now.Token);
        await sidecar.DisposeAsync();
    }

    /// <summary>As many activities at once as in Azure: the original runs one for each processor, and one that is held at a gate would hold up all.</summary>
    private sealed class WideService : InMemoryOrchestrationService, IOrchestrationService, IOrchestrationServiceClient
    {
        int IOrchestrationService.MaxConcurrentTaskActivityWorkItems => 120;

        int IOrchestrationService.MaxConcurrentTaskOrchestrationWorkItems => 10;

        async Task IOrchestrationServiceClient.SendTaskOrchestrationMessageAsync(TaskMessage message)
        {
            if (await GetOrchestrationStateAsync(message.OrchestrationInstance.InstanceId, executionId: null) is not null)
            {
                await SendTaskOrchestrationMessageAsync(message);
            }
        }
    }
}
