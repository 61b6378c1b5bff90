using System.Net;
using System.Net.Sockets;
using FaceSwap.LocalHost.Functions;
using FaceSwap.LocalHost.Timers;
using FaceSwap.LocalHost.Worker;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FaceSwap.LocalHost.Http;

/// <summary>Where callers come: a route for each HTTP function, under the app's prefix.</summary>
internal sealed class FrontEnd : IAsyncDisposable
{
    // The platform's front end limits a body to this.
    private const long MaxRequestBody = 100L * 1024 * 1024;

    private readonly WebApplication server;

    private FrontEnd(WebApplication server, string address)
    {
        this.server = server;
        Address = address;
    }

    /// <summary>Address and prefix, without a slash at the end.</summary>
    public string Address { get; }

    /// <exception cref="StartupException">The port is in use.</exception>
    public static async Task<FrontEnd> StartAsync(
        WorkerSupervisor worker, IEnumerable<TimerFunction> timers, Task<string> durableClient, IConfiguration configuration, LocalHostOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        HostLog.Configure(builder.Logging);
        PartLifetime.AddTo(builder.Services, options.ShutdownLimit);
        builder.Services.AddRoutingCore();
        builder.Services.AddHttpForwarder();
        builder.Services.AddSingleton(worker);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(new HostKeys(options));
        RequestLimit.AddTo(builder.Services, configuration);
        builder.Services.AddSingleton(HttpFunction.NewClient());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.AddServerHeader = false;
        });
        var server = builder.Build();
        server.UseRateLimiter();

        // On the platform a method is a part of the route: what routing would answer with 405 there is not found.
        server.Use((http, next) =>
        {
            if (http.GetEndpoint() is null or RouteEndpoint)
            {
                return next(http);
            }

            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        var prefix = HostJson.RoutePrefix(configuration);
        foreach (var function in worker.Functions.Where(function => function.IsTriggeredBy("httpTrigger")))
        {
            var handler = ActivatorUtilities.CreateInstance<HttpFunction>(server.Services, function, durableClient);
            var pattern = $"{prefix}/{(function.TriggerText("route") ?? function.Name).TrimStart('/')}";
            _ = function.Trigger["methods"]?.AsArray() is { Count: > 0 } methods
                ? server.MapMethods(pattern, methods.Select(method => method!.ToString().ToUpperInvariant()), handler.HandleAsync)
                : server.Map(pattern, handler.HandleAsync);
        }

        var keys = server.Services.GetRequiredService<HostKeys>();
        foreach (var timer in timers)
        {
            server.MapPost($"admin/functions/{timer.Name}", (RequestDelegate)(async http =>
            {
                var isAdmitted = keys.AdmitToAdmin(http.Request);

                // The run goes on when its caller hangs up.
                await (isAdmitted ? timer.RunAsync(status: null, isPastDue: false, CancellationToken.None) : Task.CompletedTask);
                http.Response.StatusCode = isAdmitted ? StatusCodes.Status202Accepted : StatusCodes.Status401Unauthorized;
            }));
        }

        try
        {
            await server.StartAsync(cancellation);
        }
        catch (Exception problem) when (problem is IOException or SocketException)
        {
            await server.DisposeAsync();
            throw new StartupException($"The host cannot listen on port {options.Port}: {problem.Message} Choose another with --port.", problem);
        }

        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new FrontEnd(server, prefix.Length > 0 ? $"{address}/{prefix}" : address);
    }

    /// <summary>Takes no more requests, and waits for those under way.</summary>
    /// <param name="limit">Ends the wait; what is left is cut off.</param>
    public Task StopAsync(CancellationToken limit) => server.StopAsync(limit);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
