using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using FaceSwap.Testing.Processes;
using FaceSwap.Testing.Time;

namespace FaceSwap.Testing.Host;

/// <summary>A host of the function app as a process, with state of its own. It can be killed and started again on its port and state.</summary>
public sealed partial class AppHost : IAsyncDisposable
{
    // The app's timer that takes files from the inbox of batches: not in tests of anything else.
    private const string Never = "0 0 0 1 1 *";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private static int starts;
    private static int jobs;
    private static long workerTicks;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly HostCommand command;
    private readonly ConcurrentDictionary<string, string> jobsHere = [];
    private ChildProcess? process;
    private int readyLines;
    private int worker;
    private int killedWorker;
    private int orphan;

    private AppHost(IReadOnlyDictionary<string, string> settings, int? port = null, AppHost? twin = null)
    {
        this.settings = settings;
        Log = new ProcessLog(Read);
        FunctionKey = twin?.FunctionKey ?? $"test-function-key-{NewName()}";
        MasterKey = twin?.MasterKey ?? $"test-master-key-{NewName()}";
        TaskHub = twin?.TaskHub ?? $"hub{NewName()}";
        var listensAt = port ?? FreePort.Next();
        Address = new Uri($"http://127.0.0.1:{listensAt}/");
        command = HostCommand.For(listensAt, FunctionKey, MasterKey, TaskHub, new Dictionary<string, string>(settings) { ["BATCH_SCHEDULE"] = settings.GetValueOrDefault("BATCH_SCHEDULE", Never) });
    }

    /// <summary>The folder of the published function app; the setting <c>LocalHost__App</c> has a host take another.</summary>
    public static string PublishedApp => HostCommand.PublishedApp;

    /// <summary>How often a host was started in this process, how many jobs ran on those that are gone, and the processor time of the workers that died with them.</summary>
    /// <remarks>The kernel gives a process the time of those that it waited for: a host that is killed waits for nobody.</remarks>
    public static (int Starts, int Jobs, TimeSpan Workers) Counts => (starts, jobs, new TimeSpan(workerTicks));

    /// <summary>Whether tests run under Azure Functions Core Tools instead of the local host.</summary>
    public static bool IsFunc => HostCommand.IsFunc;

    public Uri Address { get; }

    /// <summary>Admits to the app's functions.</summary>
    public string FunctionKey { get; }

    /// <summary>Admits to admin routes, and to every function.</summary>
    public string MasterKey { get; }

    /// <summary>What the names of all that Azure's engine keeps begin with.</summary>
    public string TaskHub { get; }

    /// <summary>The memory that its process holds, in bytes.</summary>
    public long WorkingSet => Of(process!.Id, running => running.WorkingSet64);

    /// <summary>The processor time that its process has taken.</summary>
    public TimeSpan ProcessorTime => Of(process!.Id, running => running.TotalProcessorTime);

    /// <summary>The memory that its worker holds, in bytes.</summary>
    public long WorkerWorkingSet => Of(WorkerId()!.Value, running => running.WorkingSet64);

    /// <summary>The processor time that its worker has taken.</summary>
    public TimeSpan WorkerProcessorTime => Of(WorkerId()!.Value, running => running.TotalProcessorTime);

    /// <summary>When its worker was started.</summary>
    public DateTimeOffset WorkerStartedAt => Of(WorkerId()!.Value, running => new DateTimeOffset(running.StartTime));

    public bool IsRunning => process?.HasExited == false;

    /// <summary>Whether its worker was killed alone: a host stops itself after three crashes.</summary>
    public bool WorkerWasKilled => killedWorker != 0;

    /// <summary>How long a job may take to its end, a restart of the host included: the work of a killed host returns after a minute.</summary>
    public static TimeSpan JobLimit { get; } = TimeSpan.FromMinutes(5);

    /// <summary>What all its lives wrote.</summary>
    public ProcessLog Log { get; }

    /// <summary>Starts a host with these settings, named as environment variables, and waits until it is ready.</summary>
    public static Task<AppHost> StartAsync(IReadOnlyDictionary<string, string> settings) => StartAsync(new AppHost(settings));

    /// <summary>Starts another host with the same settings and keys, on the same task hub and storage.</summary>
    public Task<AppHost> StartTwinAsync() => StartAsync(new AppHost(settings, twin: this));

    private static async Task<AppHost> StartAsync(AppHost host)
    {
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
    public static async Task<(int ExitCode, string Output)> StartInVainAsync(IReadOnlyDictionary<string, string> settings, int? port = null)
    {
        await using var host = new AppHost(settings, port);
        host.process = ChildProcess.Start(host.command.Program, host.command.Arguments, host.command.Settings, host.Log);
        return (await host.process.WaitForExitAsync(TimeSpan.FromSeconds(60)), host.Log.Text);
    }

    /// <summary>Starts a host, asks it to end (SIGTERM) when it has come to a moment, and waits for its end.</summary>
    /// <returns>The exit code and what it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> StopWhileStartingAsync(IReadOnlyDictionary<string, string> settings, Task moment)
    {
        await using var host = new AppHost(settings);
        host.process = ChildProcess.Start(host.command.Program, host.command.Arguments, host.command.Settings, host.Log);
        await moment.WaitAsync(TimeSpan.FromSeconds(60));
        await host.process.TerminateAsync();
        return (await host.process.WaitForExitAsync(TimeSpan.FromSeconds(60)), host.Log.Text);
    }

    /// <summary>Starts it again after <see cref="KillAsync"/> or <see cref="TerminateAsync"/>.</summary>
    public async Task StartAsync()
    {
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        var readyBefore = readyLines;
        Interlocked.Increment(ref starts);
        process = ChildProcess.Start(command.Program, command.Arguments, command.Settings, Log);
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(
            () => readyLines > readyBefore || process.HasExited || TimeProvider.System.GetElapsedTime(started) > StartsWithin, "the host is ready or late");
        Xunit.Assert.True(readyLines > readyBefore, $"The host is not ready after {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s:\n{Log.Text}");
    }

    /// <summary>Ends it at once (SIGKILL), and with it the worker, if it has one.</summary>
    public async Task KillAsync()
    {
        CountWorker();
        await process!.KillAsync();
        await WaitForWorkerExitAsync();
    }

    /// <summary>Ends it at once (SIGKILL), and leaves its worker alive, as may happen on the platform for minutes; <see cref="DisposeAsync"/> ends that one.</summary>
    public async Task KillLeavingWorkerAsync()
    {
        orphan = WorkerId()!.Value;

        // A worker's child ends it after its host; a child is listed with the thread that started it.
        var children = Directory.EnumerateDirectories($"/proc/{orphan}/task")
            .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse);
        foreach (var child in children.ToList())
        {
            using var guard = Process.GetProcessById(child);
            guard.Kill();
        }

        await process!.KillAsync();
        Xunit.Assert.True(IsAlive(orphan), "The worker ended with its host.");
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
        BeginKillWorker();
        await WaitForNextWorkerAsync();
        Xunit.Assert.True(IsRunning, Log.Text);
    }

    /// <summary>Waits until another worker has taken the place of one that was killed, or the host has stopped.</summary>
    public Task WaitForNextWorkerAsync() => Eventually.HoldsAsync(
        () => !IsRunning || WorkerId() != killedWorker, "another worker takes its place", TimeSpan.FromSeconds(60));

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    public Task TerminateAsync() => process!.TerminateAsync();

    /// <summary>Asks it to end (SIGTERM) and does not wait.</summary>
    public void BeginTerminate() => process!.BeginTerminate();

    /// <summary>Interrupts host and worker (SIGINT), as Ctrl-C in a terminal does, and does not wait.</summary>
    public void BeginInterrupt()
    {
        Signals.SendInterrupt(WorkerId()!.Value);
        Signals.SendInterrupt(process!.Id);
    }

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

    /// <summary>Where its worker takes requests from the host.</summary>
    public Uri WorkerAddress()
    {
        var worker = WorkerId()!.Value;
        var sockets = Directory.EnumerateFiles($"/proc/{worker}/fd").Select(link => new FileInfo(link).LinkTarget).ToHashSet();

        // A line for each socket: its own address at 1, in hexadecimal; its state at 3, where 0A listens; its inode at 9.
        var lines = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var listening = lines.First(fields => fields[3] == "0A" && sockets.Contains($"socket:[{fields[9]}]"));
        return new Uri($"http://127.0.0.1:{Convert.ToInt32(listening[1].Split(':')[1], 16)}/");
    }

    /// <summary>The environment that the worker was started with, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> ReadWorkerEnvironment() => File.ReadAllText($"/proc/{WorkerId()}/environ").Split('\0');

    /// <summary>Ends the worker alone (SIGKILL).</summary>
    public void BeginKillWorker()
    {
        killedWorker = WorkerId()!.Value;
        using var worker = Process.GetProcessById(killedWorker);
        worker.Kill();
    }

    /// <summary>Asks the worker alone to end (SIGTERM).</summary>
    public void BeginTerminateWorker() => Signals.SendTerminate(WorkerId()!.Value);

    /// <summary>A client that carries the function key, or another.</summary>
    public HttpClient CreateClient(string? key = null) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { { "x-functions-key", key ?? FunctionKey } },
    };

    public async ValueTask DisposeAsync()
    {
        Interlocked.Add(ref jobs, jobsHere.Count);
        if (process is not null)
        {
            CountWorker();
            await process.DisposeAsync();
        }

        if (orphan != 0 && IsAlive(orphan))
        {
            using var worker = Process.GetProcessById(orphan);
            worker.Kill();
        }
    }

    private void CountWorker()
    {
        try
        {
            Interlocked.Add(ref workerTicks, IsRunning && WorkerId() is not null ? WorkerProcessorTime.Ticks : 0);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It died before its host.
        }
    }

    private static string NewName() => $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    private static T Of<T>(int id, Func<Process, T> fact)
    {
        using var running = Process.GetProcessById(id);
        return fact(running);
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

    private int? WorkerId() => worker == 0 ? null : worker;

    private void Read(string line)
    {
        if (command.Ready.IsMatch(line))
        {
            Interlocked.Increment(ref readyLines);
        }
        else if (Worker().Match(line) is { Success: true } started)
        {
            worker = int.Parse(started.Groups["id"].Value);
        }
        else if (Job().Match(line) is { Success: true } job)
        {
            jobsHere[job.Groups["id"].Value] = line;
        }
    }

    [GeneratedRegex("'FaceSwapJob' orchestration with ID '(?<id>[^']+)' started")]
    private static partial Regex Job();

    [GeneratedRegex("Worker process (?<id>[0-9]+) runs")]
    private static partial Regex Worker();
}
