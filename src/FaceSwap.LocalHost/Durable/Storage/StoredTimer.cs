using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>A timer that has not fired.</summary>
internal sealed record StoredTimer(InstanceIdentity Instance, int Generation, int TaskId, DateTime FireAt)
{
    /// <summary>The task number of an instance's scheduled start, which lies in its row and not among the timers.</summary>
    public const int ScheduledStart = -1;
}
