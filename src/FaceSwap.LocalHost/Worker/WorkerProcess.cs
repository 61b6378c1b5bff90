using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace FaceSwap.LocalHost.Worker;

/// <summary>The language worker as a process. It ends with this host, however that ends.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // Ctrl-C goes to every process of the terminal: the worker runs on until the host tells it to end. Its guard reads from a pipe
    // that the kernel closes when the host is gone, even by SIGKILL; a line in it says that the worker has ended before.
    private const string Guarded = """
        exec 3<&0 </dev/null
        (trap '' INT TERM HUP; read -r _ || kill -KILL $$) <&3 >/dev/null 2>&1 &
        trap '' INT
        exec 3<&- "$0" "$@"
        """;

    private const int MostErrors = 20;
    private static readonly TimeSpan DiesWithin = TimeSpan.FromSeconds(5);
    private readonly ConcurrentQueue<string> errors = [];
    private readonly Process process;

    private WorkerProcess(ProcessStartInfo start, Action<string> write)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data, write);
        process.ErrorDataReceived += (_, line) => Take(line.Data, TakeError + write);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <summary>The end of its standard error in one line, without stack traces, behind a space; empty when it printed none.</summary>
    public string LastErrors => string.Concat(errors.Select(line => $" {line}"));

    /// <summary>Starts the worker of a published app, as its <c>worker.config.json</c> describes it.</summary>
    /// <param name="write">Takes each line that the worker prints.</param>
    public static WorkerProcess Start(string app, Uri endpoint, string workerId, Action<string> write)
    {
        var (executable, program) = ReadConfiguration(app);
        string[] command =
        [
            executable,
            program,
            "--functions-uri", endpoint.ToString(),
            "--functions-worker-id", workerId,
            "--functions-request-id", workerId,
            "--functions-grpc-max-message-length", $"{WorkerEndpoint.MaxMessage}",
        ];
        if (!OperatingSystem.IsWindows())
        {
            command = ["/bin/sh", "-c", Guarded, .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = app,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = app;

        // The host's own settings, its keys among them, are not for the app.
        Array.ForEach([.. start.Environment.Keys.Where(IsOfHost)], (string name) => start.Environment.Remove(name));
        try
        {
            return new WorkerProcess(start, write);
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new StartupException($"The worker's program {executable} could not be started: {problem.Message}.", problem);
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode;
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        Kill();
        process.WaitForExit(DiesWithin);
        try
        {
            process.StandardInput.WriteLine();
        }
        catch (IOException)
        {
            // Nobody reads any more.
        }

        process.Dispose();
    }

    private static (string Executable, string Program) ReadConfiguration(string app)
    {
        var file = Path.Combine(app, "worker.config.json");
        if (!File.Exists(file))
        {
            throw new StartupException($"There is no worker.config.json in {app}: name the folder of a published function app with --app.");
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            var description = json.RootElement.GetProperty("description");
            return (description.GetProperty("defaultExecutablePath").GetString()!, Path.Combine(app, description.GetProperty("defaultWorkerPath").GetString()!));
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw new StartupException($"{file} does not name the worker's program by description.defaultExecutablePath and description.defaultWorkerPath: {problem.Message}", problem);
        }
    }

    private static bool IsOfHost(string name) =>
        name.StartsWith($"{LocalHostOptions.Section}__", StringComparison.OrdinalIgnoreCase) || name.StartsWith($"{LocalHostOptions.Section}:", StringComparison.OrdinalIgnoreCase);

    private void TakeError(string line)
    {
        if (line.Length > 0 && !line.StartsWith("   at ", StringComparison.Ordinal))
        {
            errors.Enqueue(line.Trim());
            _ = errors.Count > MostErrors && errors.TryDequeue(out _);
        }
    }

    private static void Take(string? line, Action<string> write)
    {
        if (line is not null)
        {
            write(line);
        }
    }
}
