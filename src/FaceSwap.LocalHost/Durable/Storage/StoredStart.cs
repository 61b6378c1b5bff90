using FaceSwap.LocalHost.Durable.Execution;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>An instance that has not taken its first turn.</summary>
/// <param name="StartAt">Not before; null for at once.</param>
internal sealed record StoredStart(InstanceIdentity Instance, DateTime? StartAt);
