namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>The orchestrator's code asked for something else than its history records.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : Exception(message);
