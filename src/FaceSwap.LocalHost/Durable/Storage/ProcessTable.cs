using System.Diagnostics;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What the system knows of processes.</summary>
internal static class ProcessTable
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const string NamespaceLink = "/proc/self/ns/pid";

    // After the parenthesised command name, the start time is the 20th field of /proc/<pid>/stat.
    private const int StartTimeField = 19;

    /// <summary>
    /// The machine by name, boot and process namespace: two containers with one host name still differ.
    /// </summary>
    public static string MachineId { get; } = string.Join('/', Environment.MachineName, BootId(), ProcessNamespace());

    /// <summary>A text that tells a process from later ones with its id; null when there is no such process.</summary>
    public static string? StartOf(int processId)
    {
        try
        {
            if (!OperatingSystem.IsLinux())
            {
                using Process process = Process.GetProcessById(processId);
                return process.StartTime.ToFileTimeUtc().ToString();
            }

            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            const string Zombie = "Z";
            return fields[0] == Zombie ? null : fields[StartTimeField];
        }
        catch (Exception gone) when (gone is IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string BootId() => File.Exists(BootIdFile) ? File.ReadAllText(BootIdFile).Trim() : "";

    private static string ProcessNamespace() =>
        OperatingSystem.IsLinux() ? new FileInfo(NamespaceLink).LinkTarget ?? "" : "";
}
