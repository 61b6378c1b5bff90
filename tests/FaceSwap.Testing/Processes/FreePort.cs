using System.Net;
using System.Net.Sockets;

namespace FaceSwap.Testing.Processes;

/// <summary>Finds ports for processes that must come back on the same one after a restart.</summary>
public static class FreePort
{
    /// <summary>A loopback port that no one listens on now.</summary>
    public static int Next()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
