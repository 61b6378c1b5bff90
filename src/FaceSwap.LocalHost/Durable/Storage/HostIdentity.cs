namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>Names one process so that no other process, on this machine or another, now or later, has the same name.</summary>
/// <param name="Machine">Machine, boot and process namespace: where the process id means something.</param>
/// <param name="ProcessId">The process id there.</param>
/// <param name="Started">When the process began, as its system counts.</param>
internal sealed record HostIdentity(string Machine, int ProcessId, string Started)
{
    /// <summary>This process.</summary>
    public static HostIdentity Current { get; } =
        new(ProcessTable.MachineId, Environment.ProcessId, ProcessTable.StartOf(Environment.ProcessId) ?? "unknown");

    /// <summary>Whether the process is known to be gone; false also where that cannot be told from here.</summary>
    public bool IsGone => Machine == ProcessTable.MachineId && ProcessTable.StartOf(ProcessId) != Started;

    public override string ToString() => $"process {ProcessId} on {Machine.Split('/')[0]}";
}
