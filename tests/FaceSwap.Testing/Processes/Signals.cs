using System.Runtime.InteropServices;

namespace FaceSwap.Testing.Processes;

/// <summary>Signals to processes, by id.</summary>
internal static partial class Signals
{
    private const int Terminate = 15;

    /// <summary>Asks a process to end (SIGTERM).</summary>
    public static void SendTerminate(int processId) => _ = Kill(processId, Terminate);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
