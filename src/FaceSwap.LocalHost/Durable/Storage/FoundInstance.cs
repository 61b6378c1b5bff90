using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>What a transaction needs to know of an instance it was given by id.</summary>
internal sealed record FoundInstance(long Sequence, OrchestrationRuntimeStatus Status);
