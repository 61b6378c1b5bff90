using System.Diagnostics;
using FaceSwap.Testing.Time;
using Xunit;

namespace FaceSwap.Testing.Processes;

/// <summary>A process that a test started and that ends with it.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);
    private readonly Process process;

    private ChildProcess(Process process, ProcessLog log)
    {
        this.process = process;
        Log = log;
    }

    public ProcessLog Log { get; }

    /// <summary>The process id; it stays readable when the process is gone.</summary>
    public int Id { get; private set; }

    public bool HasExited => process.HasExited;

    /// <summary>Starts a program. What it writes is added to <paramref name="log"/>, if one is given.</summary>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, ProcessLog? log = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(new Process { StartInfo = start }, log ?? new ProcessLog());
        child.Begin();
        return child;
    }

    /// <summary>Starts a .NET program that lies beside the test assembly.</summary>
    public static ChildProcess StartAssembly(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, ProcessLog? log = null) =>
        Start("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment, log);

    /// <summary>Waits until a line fits; fails at once, with all it wrote, when the process ends before.</summary>
    public Task<string> WaitForLineAsync(Predicate<string> fits, string what) => Eventually.GivesAsync(
        () =>
        {
            var line = Log.Lines.FirstOrDefault(line => fits(line));
            if (line is null && HasExited)
            {
                Assert.Fail($"{process.StartInfo.FileName} ended with {process.ExitCode} before {what}:\n{Log.Text}");
            }

            return Task.FromResult(line);
        },
        what,
        TimeSpan.FromSeconds(60));

    /// <summary>Ends it at once (SIGKILL), whatever it is doing.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await WaitForExitAsync(EndsWithin);
    }

    /// <summary>Asks it to end (SIGTERM) and waits; one that does not within 20 s is killed and fails the test.</summary>
    public async Task TerminateAsync()
    {
        BeginTerminate();
        await WaitForExitAsync(EndsWithin);
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    public void BeginTerminate() => Signals.SendTerminate(Id);

    /// <summary>Waits until it ends by itself; one that does not within the limit is killed and fails the test.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(limit);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"{process.StartInfo.FileName} did not end:\n{Log.Text}");
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await WaitForExitAsync(EndsWithin);
        }

        Forget();
        process.Dispose();
    }

    private void Begin()
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.EnableRaisingEvents = true;
        process.Start();
        Id = process.Id;
        ChildGuard.Watch(Id);
        process.Exited += (_, _) => Forget();
        if (process.HasExited)
        {
            Forget();
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As soon as it has ended, however it did: its id may soon belong to someone else, and the guard must not kill that one.</summary>
    private void Forget() => ChildGuard.Forget(Id);

    private void Add(string? line)
    {
        if (line is not null)
        {
            Log.Add(line);
        }
    }
}
