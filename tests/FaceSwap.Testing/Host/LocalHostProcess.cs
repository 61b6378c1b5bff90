using System.Text.RegularExpressions;
using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Processes;
using FaceSwap.Testing.Time;

namespace FaceSwap.Testing.Host;

/// <summary>The local host as a process, with state of its own. It can be killed and started again on its port and state.</summary>
public sealed partial class LocalHostProcess : IAsyncDisposable
{
    private const string Assembly = "FaceSwap.LocalHost.dll";
    private readonly TempFolder folder = new();
    private readonly Dictionary<string, string> settings;
    private ChildProcess? process;

    private LocalHostProcess(IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort.Next();
        Address = new Uri($"http://127.0.0.1:{port}/");
        this.settings = new Dictionary<string, string>(settings)
        {
            ["LocalHost__Port"] = $"{port}",
            ["LocalHost__StateFile"] = folder.PathOf("state.db"),
            ["LocalHost__FunctionKey"] = FunctionKey,
        };
    }

    public Uri Address { get; }

    /// <summary>Admits to the app's functions.</summary>
    public string FunctionKey { get; } = $"test-function-key-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):n}";

    public bool IsRunning => process?.HasExited == false;

    /// <summary>What all its lives wrote.</summary>
    public ProcessLog Log { get; } = new();

    /// <summary>The folder of the durable state: the SQLite file and what lies beside it.</summary>
    public string StateFolder => folder.FullName;

    /// <summary>Starts a host with these settings, named as environment variables, and waits until it is ready.</summary>
    public static async Task<LocalHostProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var host = new LocalHostProcess(settings);
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

    /// <summary>Starts it again after <see cref="KillAsync"/> or <see cref="TerminateAsync"/>.</summary>
    public async Task StartAsync()
    {
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        var readyBefore = ReadyLines();
        process = FunctionsHost.IsChosen
            ? FunctionsHost.Start(Address.Port, settings, Log)
            : ChildProcess.StartAssembly(Assembly, ["--contentRoot", folder.FullName], settings, Log);
        await Eventually.HoldsAsync(
            () => ReadyLines() > readyBefore || process.HasExited, "the local host is ready", TimeSpan.FromSeconds(60));
        Xunit.Assert.True(ReadyLines() > readyBefore, $"The local host ended before it was ready:\n{Log.Text}");
    }

    /// <summary>Ends it at once (SIGKILL).</summary>
    public Task KillAsync() => process!.KillAsync();

    /// <summary>Asks it to end (SIGTERM) and waits.</summary>
    public Task TerminateAsync() => process!.TerminateAsync();

    /// <summary>A client that carries the function key.</summary>
    public HttpClient CreateClient() => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { { "x-functions-key", FunctionKey } },
    };

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
        }

        folder.Dispose();
    }

    private int ReadyLines() => Log.Lines.Count(line => Ready().IsMatch(line));

    [GeneratedRegex("^(Ready: http|For detailed output, run func)")]
    private static partial Regex Ready();
}
