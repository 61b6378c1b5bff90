using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>An activity that was called and has no outcome yet.</summary>
internal sealed record StoredActivity(
    long Id, InstanceIdentity Instance, int Generation, int TaskId, string Name, string Version, string? Input);
