namespace FaceSwap.Testing.Backend;

/// <summary>A simulated backend that listens on a loopback port.</summary>
public interface ISimulator : IAsyncDisposable
{
    /// <summary>The backend's base URL.</summary>
    Uri Address { get; }

    /// <summary>The simulator's control routes.</summary>
    SimulatorControl Control { get; }
}
