using FaceSwap.LocalHost.Durable.History;

namespace FaceSwap.LocalHost.Durable.Execution;

internal sealed record StartSubOrchestration(
    SubOrchestrationCreated Created,
    string? Input,
    string? Version,
    IReadOnlyDictionary<string, string>? Tags) : OrchestratorAction(Created);
