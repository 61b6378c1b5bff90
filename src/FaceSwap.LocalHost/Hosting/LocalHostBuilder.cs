using System.Net;
using System.Reflection;
using FaceSwap.LocalHost.Durable.Client;
using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Triggers.Durable;
using FaceSwap.LocalHost.Triggers.Functions;
using FaceSwap.LocalHost.Triggers.Http;
using FaceSwap.LocalHost.Triggers.Timers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FaceSwap.LocalHost.Hosting;

/// <summary>Puts a host together for any function app.</summary>
internal static class LocalHostBuilder
{
    /// <summary>Settings: command line before environment before local.settings.json.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args });
        builder.Configuration.Sources.Clear();
        builder.Configuration
            .AddInMemoryCollection(LocalSettings.Read(Path.Combine(AppContext.BaseDirectory, LocalSettings.FileName)))
            .AddInMemoryCollection(LocalSettings.Read(LocalSettings.FileName))
            .AddEnvironmentVariables()
            .AddCommandLine(args, new Dictionary<string, string> { ["--port"] = "LocalHost:Port" });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);

        // Why a start failed is said in one sentence by the program itself.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    public static WebApplicationBuilder AddFunctions(this WebApplicationBuilder builder, params Assembly[] apps)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton<IValidateOptions<LocalHostOptions>, LocalHostOptionsValidator>();
        services.AddOptions<LocalHostOptions>().Bind(builder.Configuration.GetSection(LocalHostOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json")));
        services.AddSingleton(new FunctionCatalog(apps));
        services.AddSingleton<InvocationFactory>();
        services.AddSingleton<DataConverter, PayloadConverter>();
        services.AddSingleton<ITaskCatalog, FunctionTaskCatalog>();
        services.AddSingleton<DurableClientSource>();
        services.AddSingleton<DurableHost>();
        services.AddSingleton(ReadKeys);
        services.AddHostedService(provider => provider.GetRequiredService<DurableHost>());
        services.AddHostedService<TimerFunctions>();
        services.AddMvcCore();
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            LocalHostOptions options = kestrel.ApplicationServices.GetRequiredService<IOptions<LocalHostOptions>>().Value;
            kestrel.Listen(IPAddress.Parse(options.Address), options.Port);
        });
        return builder;
    }

    public static WebApplication BuildHost(this WebApplicationBuilder builder)
    {
        WebApplication host = builder.Build();
        host.MapHttpFunctions();
        host.Lifetime.ApplicationStarted.Register(() => Announce(host));
        return host;
    }

    private static FunctionKeys ReadKeys(IServiceProvider services)
    {
        LocalHostOptions options = services.GetRequiredService<IOptions<LocalHostOptions>>().Value;
        if (options is { FunctionKey: { } function, MasterKey: { } master })
        {
            return new FunctionKeys(function, master);
        }

        KeyFile generated = KeyFile.ReadOrCreate(options.KeyFilePath);
        return new FunctionKeys(options.FunctionKey ?? generated.FunctionKey, options.MasterKey ?? generated.MasterKey);
    }

    private static void Announce(WebApplication host)
    {
        LocalHostOptions options = host.Services.GetRequiredService<IOptions<LocalHostOptions>>().Value;
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Console.WriteLine($"Ready: {address}/{host.Services.GetRequiredService<HostJson>().RoutePrefix} (state file {options.StateFile})");
    }
}
