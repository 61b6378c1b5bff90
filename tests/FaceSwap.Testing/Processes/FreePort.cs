using System.Net;
using System.Net.Sockets;

namespace FaceSwap.Testing.Processes;

/// <summary>Finds ports for processes that must come back on the same one after a restart.</summary>
public static class FreePort
{
    // Below the ephemeral range, from which the kernel could hand the port to another process before it is used.
    private const int First = 12_000;
    private const int Count = 18_000;
    private static int given = Environment.ProcessId * 97 % Count;

    /// <summary>A loopback port that no one listens on now, and that nobody is given again soon.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref given) % Count);
            using var probe = new TcpListener(IPAddress.Loopback, port);
            try
            {
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
