using System.Reflection;
using Azure.Storage.Blobs;
using FaceSwap.Functions;
using FaceSwap.Testing.Emulator;
using FaceSwap.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaceSwap.EndToEnd.Drivers;

/// <summary>
/// The app in the test process: its own routes behind real sockets, its own orchestrators and activities on <see cref="InProcessEngine"/>,
/// its documents in the emulator. It starts in a fraction of a second and does nothing while it is idle: for all that needs neither the
/// genuine worker nor Azure's engine.
/// </summary>
internal sealed class InProcessHost : IRigHost
{
    private readonly InProcessEngine engine;
    private readonly WebApplication app;

    private InProcessHost(InProcessEngine engine, WebApplication app, StorageAccount storage, BlobContainerClient container, string masterKey, int backendPort, ProcessLog log)
    {
        this.engine = engine;
        this.app = app;
        Storage = storage;
        Container = container;
        MasterKey = masterKey;
        BackendPort = backendPort;
        Log = log;
    }

    public Uri Address => new(app.Urls.First());

    public string FunctionKey => "in-process-function-key";

    public StorageAccount Storage { get; }

    public BlobContainerClient Container { get; }

    public string MasterKey { get; }

    public int BackendPort { get; }

    public ProcessLog Log { get; }

    /// <summary>Starts the app.</summary>
    /// <param name="storage">Where its documents lie.</param>
    /// <param name="settings">Named as environment variables, over those of <see cref="RigSettings"/>.</param>
    public static async Task<InProcessHost> StartAsync(StorageAccount storage, IEnumerable<(string Name, string Value)> settings)
    {
        var engine = await InProcessEngine.StartAsync();
        const string container = "app";
        var (masterKey, backendPort) = (RigSettings.NewMasterKey(), FreePort.Next());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        RigSettings.AddTo(builder.Configuration, RigSettings.For(storage, container, new Uri($"http://127.0.0.1:{backendPort}/"), masterKey, settings));
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var log = new ProcessLog();
        builder.Logging.AddProvider(new LogToTests(log));
        builder.AddFaceSwapApp();
        engine.Register(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        var host = new InProcessHost(engine, app, storage, storage.Container(container), masterKey, backendPort, log);
        host.Map();
        await app.StartAsync();
        return host;
    }

    public async Task<IReadOnlyList<string>> InstanceIdsAsync() => await app.Services.GetRequiredService<DurableTaskClient>()
        .GetAllInstancesAsync(new OrchestrationQuery()).Select(instance => instance.InstanceId).Order(StringComparer.Ordinal).ToListAsync();

    public Task RunTimerAsync(string function)
    {
        var (_, method, _) = FunctionTasks.All.Single(one => one.Name == function);
        return FunctionTasks.RunAsync(method, app.Services, _ => new TimerInfo(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
        await engine.DisposeAsync();
    }

    private void Map()
    {
        foreach (var (_, method, trigger) in FunctionTasks.All)
        {
            if (trigger.GetCustomAttribute<HttpTriggerAttribute>() is { } http)
            {
                app.MapMethods($"/api/{http.Route}", http.Methods!.Select(verb => verb.ToUpperInvariant()), context => AnswerAsync(context, method));
            }
        }
    }

    private async Task AnswerAsync(HttpContext context, MethodInfo method)
    {
        if (context.Request.Headers["x-functions-key"] != FunctionKey && context.Request.Query["code"] != FunctionKey)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var result = (IResult)(await FunctionTasks.RunAsync(
            method,
            context.RequestServices,
            parameter => parameter.ParameterType == typeof(HttpRequest) ? context.Request : context.Request.RouteValues[parameter.Name!],
            context.RequestAborted))!;
        await result.ExecuteAsync(context);
    }

    /// <summary>Writes the app's log where tests look for a host's, in its form.</summary>
    private sealed class LogToTests(ProcessLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Category(log, categoryName);

        public void Dispose()
        {
            // It holds nothing.
        }

        private sealed class Category(ProcessLog log, string name) : ILogger
        {
            private static readonly string[] Levels = ["trce", "dbug", "info", "warn", "fail", "crit", "none"];

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    log.Add($"{Levels[(int)logLevel]}: {name}[{eventId.Id}] {formatter(state, exception)} {exception}".ReplaceLineEndings(" "));
                }
            }
        }
    }
}
