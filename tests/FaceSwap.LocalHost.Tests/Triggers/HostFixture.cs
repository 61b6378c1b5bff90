using FaceSwap.LocalHost.Hosting;
using FaceSwap.LocalHost.Tests.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaceSwap.LocalHost.Tests.Triggers;

#pragma warning disable CA2213 // Stopping disposes of the host; the analyzer does not follow the local variable.
/// <summary>The host with the sample app on a free port, over real sockets; it can be stopped and started again.</summary>
internal sealed class HostFixture : IAsyncDisposable
{
    public const string FunctionKey = "function-key-0123456789";
    public const string MasterKey = "master-key-0123456789";

    private readonly string _folder = Directory.CreateTempSubdirectory("faceswap-host-").FullName;
    private WebApplication? _host;

    public SampleState State { get; } = new();

    public RecordingLog Log { get; } = new();

    public HttpClient Http { get; private set; } = new();

    public string Schedule { get; init; } = "0 0 0 1 1 *";

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public async Task StartAsync()
    {
        var builder = LocalHostBuilder.CreateBuilder(
        [
            "--port=0",
            $"--LocalHost:StateFile={Path.Combine(_folder, "state.db")}",
            $"--LocalHost:FunctionKey={FunctionKey}",
            $"--LocalHost:MasterKey={MasterKey}",
            $"--SAMPLE_SCHEDULE={Schedule}",
        ]);
        builder.Services.AddSingleton(State);
        builder.Services.AddSingleton(Time);
        builder.AddFunctions(typeof(SampleFunctions).Assembly);
        builder.Services.AddSingleton<ILoggerFactory>(Log);
        var host = builder.BuildHost();
        await host.StartAsync();
        _host = host;
        string address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async Task StopAsync()
    {
        if (_host is { } host)
        {
            _host = null;
            await host.StopAsync();
            await host.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
