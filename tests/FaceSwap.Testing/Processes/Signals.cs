using System.Runtime.InteropServices;

namespace FaceSwap.Testing.Processes;

/// <summary>Signals to processes, by id.</summary>
internal static partial class Signals
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>Interrupts a process (SIGINT).</summary>
    public static void SendInterrupt(int processId) => _ = Kill(processId, Interrupt);

    /// <summary>Asks a process to end (SIGTERM).</summary>
    public static void SendTerminate(int processId) => _ = Kill(processId, Terminate);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
