using FaceSwap.Testing.Folders;
using Microsoft.AspNetCore.Builder;
using NemoVideo.Simulator;

namespace FaceSwap.Testing.Backend;

/// <summary>
/// The simulator inside the test process, with a ledger of its own: real sockets, and milliseconds to start. Tests that kill the
/// backend take a <see cref="SimulatorProcess"/>.
/// </summary>
public sealed class InProcessSimulator : ISimulator
{
    private readonly TempFolder folder = new();
    private readonly WebApplication app;

    private InProcessSimulator(int port, string[] options) => app = SimulatorHost.Build(
        ["--urls", $"http://127.0.0.1:{port}", "--data", folder.FullName, "--composite=false", .. options]);

    public Uri Address { get; private set; } = null!;

    public SimulatorControl Control { get; private set; } = null!;

    /// <summary>Starts a simulator on a free port.</summary>
    /// <param name="options">As on its command line.</param>
    public static Task<InProcessSimulator> StartAsync(params string[] options) => StartAsync(0, options);

    /// <summary>Starts a simulator on this port.</summary>
    /// <param name="port">The port.</param>
    /// <param name="options">As on its command line.</param>
    public static async Task<InProcessSimulator> StartAsync(int port, params string[] options)
    {
        var simulator = new InProcessSimulator(port, options);
        await simulator.app.StartAsync();
        simulator.Address = new Uri(simulator.app.Urls.First());
        simulator.Control = new SimulatorControl(simulator.Address);
        return simulator;
    }

    public async ValueTask DisposeAsync()
    {
        // Requests that are still held at a gate end with their connections.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Something had not ended at once.
        }

        await app.DisposeAsync();
        Control.Dispose();
        folder.Dispose();
    }
}
