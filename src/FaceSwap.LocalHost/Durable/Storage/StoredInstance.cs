using FaceSwap.LocalHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace FaceSwap.LocalHost.Durable.Storage;

/// <summary>An instance's row.</summary>
/// <param name="Version">Read only when payloads were asked for.</param>
/// <param name="Input">The serialised input; read only when payloads were asked for.</param>
internal sealed record StoredInstance(
    long Sequence,
    string InstanceId,
    string Name,
    OrchestrationRuntimeStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? CustomStatus,
    string? Output,
    Failure? Failure,
    IReadOnlyDictionary<string, string> Tags,
    string? Version,
    string? Input)
{
    public bool IsFinished => Status.IsFinal;
}
