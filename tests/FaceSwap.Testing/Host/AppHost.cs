using System.Diagnostics;
using System.Text.RegularExpressions;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Processes;
using FaceSwap.Testing.Time;

namespace FaceSwap.Testing.Host;

/// <summary>A host of the function app as a process, with state of its own. It can be killed and started again on its port and state.</summary>
public sealed partial class AppHost : IAsyncDisposable
{
    // The app's timer that takes files from the inbox of batches: not in tests of anything else.
    private const string Never = "0 0 0 1 1 *";

    private readonly TempFolder folder = new();
    private readonly HostCommand command;
    private ChildProcess? process;

    private AppHost(HostKind kind, IReadOnlyDictionary<string, string> settings, int? port = null)
    {
        Kind = kind;
        var listensAt = port ?? FreePort.Next();
        Address = new Uri($"http://127.0.0.1:{listensAt}/");
        command = HostCommand.For(kind, listensAt, FunctionKey, MasterKey, TaskHub, folder, new Dictionary<string, string>(settings) { ["BATCH_SCHEDULE"] = settings.GetValueOrDefault("BATCH_SCHEDULE", Never) });
    }

    /// <summary>The folder of the published function app; the setting <c>FunctionsHost__App</c> has a host take another.</summary>
    public static string PublishedApp => HostCommand.PublishedApp;

    public HostKind Kind { get; }

    public Uri Address { get; }

    /// <summary>Admits to the app's functions.</summary>
    public string FunctionKey { get; } = $"test-function-key-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    /// <summary>Admits to admin routes, and to every function.</summary>
    public string MasterKey { get; } = $"test-master-key-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    /// <summary>What the names of all that Azure's engine keeps begin with; the local host keeps nothing there.</summary>
    public string TaskHub { get; } = $"hub{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    /// <summary>The memory that its process holds, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            using var running = Process.GetProcessById(process!.Id);
            return running.WorkingSet64;
        }
    }

    public bool IsRunning => process?.HasExited == false;

    /// <summary>How long a job may take to its end, a restart of the host included.</summary>
    public TimeSpan JobLimit => LimitOf(Kind);

    /// <summary>What all its lives wrote.</summary>
    public ProcessLog Log { get; } = new();

    /// <summary>The folder of the local host's durable state: the SQLite file and what lies beside it.</summary>
    public string StateFolder => folder.FullName;

    /// <summary>How long a job may take on a host of this kind: on Azure's engine the work of a dead host comes back after a minute.</summary>
    public static TimeSpan LimitOf(HostKind kind) => kind == HostKind.Local ? TimeSpan.FromSeconds(60) : TimeSpan.FromMinutes(5);

    /// <summary>Starts a host with these settings, named as environment variables, and waits until it is ready.</summary>
    public static async Task<AppHost> StartAsync(HostKind kind, IReadOnlyDictionary<string, string> settings)
    {
        var host = new AppHost(kind, settings);
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a host that is not to come up, and waits for its end.</summary>
    /// <returns>The exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> StartInVainAsync(HostKind kind, IReadOnlyDictionary<string, string> settings, int? port = null)
    {
        await using var host = new AppHost(kind, settings, port);
        host.process = ChildProcess.Start(host.command.Program, host.command.Arguments, host.command.Settings, host.Log);
        return (await host.process.WaitForExitAsync(TimeSpan.FromSeconds(60)), host.Log.Text);
    }

    /// <summary>Starts a host, asks it to end (SIGTERM) when it has come to a moment, and waits for its end.</summary>
    /// <returns>The exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> StopWhileStartingAsync(HostKind kind, IReadOnlyDictionary<string, string> settings, Task moment)
    {
        await using var host = new AppHost(kind, settings);
        host.process = ChildProcess.Start(host.command.Program, host.command.Arguments, host.command.Settings, host.Log);
        await moment.WaitAsync(TimeSpan.FromSeconds(60));
        await host.process.TerminateAsync();
        return (await host.process.WaitForExitAsync(TimeSpan.FromSeconds(60)), host.Log.Text);
    }

    /// <summary>Starts it again after <see cref="KillAsync"/> or <see cref="TerminateAsync"/>.</summary>
    public async Task StartAsync()
    {
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        var readyBefore = ReadyLines();
        process = ChildProcess.Start(command.Program, command.Arguments, command.Settings, Log);
        await Eventually.HoldsAsync(
            () => ReadyLines() > readyBefore || process.HasExited, "the host is ready", TimeSpan.FromSeconds(60));
        Xunit.Assert.True(ReadyLines() > readyBefore, $"The host ended before it was ready:\n{Log.Text}");
    }

    /// <summary>Ends it at once (SIGKILL), and with it the worker, if it has one.</summary>
    public async Task KillAsync()
    {
        await process!.KillAsync();
        await WaitForWorkerExitAsync();
    }

    /// <summary>Waits until the worker, if there is one, has ended after its host.</summary>
    public async Task WaitForWorkerExitAsync()
    {
        if (WorkerId() is { } worker)
        {
            await Eventually.HoldsAsync(() => !IsAlive(worker), "the worker ends with its host");
        }
    }

    /// <summary>Ends the worker alone (SIGKILL), and waits until another has taken its place.</summary>
    public async Task KillWorkerAsync()
    {
        var killed = WorkerId();
        BeginKillWorker();
        await Eventually.HoldsAsync(() => WorkerId() != killed, "another worker takes its place", TimeSpan.FromSeconds(60));
    }

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    public Task TerminateAsync() => process!.TerminateAsync();

    /// <summary>Asks it to end (SIGTERM) and does not wait.</summary>
    public void BeginTerminate() => process!.BeginTerminate();

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> WaitForExitAsync(TimeSpan limit) => process!.WaitForExitAsync(limit);

    /// <summary>Runs a timer function by the admin route, and waits until it has ended.</summary>
    public async Task RunTimerAsync(string function)
    {
        using var client = CreateClient(MasterKey);
        using var answer = await client.PostAsync($"admin/functions/{function}", null);
        Xunit.Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}\n{Log.Text}");
    }

    /// <summary>The environment that the worker was started with, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> ReadWorkerEnvironment() => File.ReadAllText($"/proc/{WorkerId()}/environ").Split('\0');

    /// <summary>Ends the worker alone (SIGKILL).</summary>
    public void BeginKillWorker()
    {
        using var worker = Process.GetProcessById(WorkerId()!.Value);
        worker.Kill();
    }

    /// <summary>A client that carries the function key, or another.</summary>
    public HttpClient CreateClient(string? key = null) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { { "x-functions-key", key ?? FunctionKey } },
    };

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var found = Process.GetProcessById(id);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private int ReadyLines() => Log.Lines.Count(line => command.Ready.IsMatch(line));

    private int? WorkerId() => Log.Lines.Select(line => Worker().Match(line)).LastOrDefault(match => match.Success) is { } match
        ? int.Parse(match.Groups["id"].Value)
        : null;

    [GeneratedRegex("Worker process (?<id>[0-9]+) runs")]
    private static partial Regex Worker();
}
