using FaceSwap.Testing.Folders;
using FaceSwap.Testing.Processes;
using FaceSwap.Testing.Time;

namespace FaceSwap.Testing.Backend;

/// <summary>The simulator of the backend, as a process. It can be killed and started again on the same port and ledger.</summary>
public sealed class SimulatorProcess : ISimulator
{
    private const string ReadyMark = "simulator ready at ";
    private readonly TempFolder folder = new();
    private readonly string[] options;
    private ChildProcess process;

    private SimulatorProcess(int port, string[] options)
    {
        this.options = options;
        process = StartProcess($"http://127.0.0.1:{port}");
    }

    /// <summary>Where the backend is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What tests say to it.</summary>
    public SimulatorControl Control { get; private set; } = null!;

    public ProcessLog Log { get; } = new();

    /// <summary>Starts one with a ledger of its own.</summary>
    /// <param name="options">As on its command line; without compositing unless <c>--composite=true</c> is among them.</param>
    public static Task<SimulatorProcess> StartAsync(params string[] options) => StartAsync(0, options);

    /// <summary>Starts one with a ledger of its own on this port.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="options">As on its command line; without compositing unless <c>--composite=true</c> is among them.</param>
    public static async Task<SimulatorProcess> StartAsync(int port, params string[] options)
    {
        var simulator = new SimulatorProcess(port, options);
        var line = await simulator.process.WaitForLineAsync(line => line.StartsWith(ReadyMark, StringComparison.Ordinal), "the simulator is ready");
        simulator.Address = new Uri(line[ReadyMark.Length..]);
        simulator.Control = new SimulatorControl(simulator.Address);
        return simulator;
    }

    /// <summary>Ends it by SIGKILL; its ledger stays.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Starts it again on its port and its ledger.</summary>
    public async Task RestartAsync()
    {
        await process.DisposeAsync();
        var linesBefore = Log.Lines.Count;
        process = StartProcess(Address.GetLeftPart(UriPartial.Authority));
        await Eventually.HoldsAsync(
            () => Log.Lines.Skip(linesBefore).Any(line => line.StartsWith(ReadyMark, StringComparison.Ordinal)),
            "the simulator is ready again");
    }

    public async ValueTask DisposeAsync()
    {
        Control?.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }

    private ChildProcess StartProcess(string address) => ChildProcess.StartAssembly(
        "NemoVideo.Simulator.dll",
        ["--urls", address, "--data", folder.FullName, "--composite=false", .. options],
        log: Log);
}
