using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>An instance to be created.</summary>
/// <param name="StartAt">Not before; null for at once.</param>
internal sealed record NewInstance(long Sequence, string InstanceId, ExecutionStarted Start, DateTimeOffset? StartAt);
