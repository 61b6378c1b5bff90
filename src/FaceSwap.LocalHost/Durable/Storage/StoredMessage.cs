using FaceSwap.LocalHost.Durable.Execution;
using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>A message that waits for an instance.</summary>
/// <param name="Generation">The generation it is meant for; null for whichever is current.</param>
internal sealed record StoredMessage(long Id, InstanceIdentity Instance, int? Generation, HistoryEvent Event);
