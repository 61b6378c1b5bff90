using Microsoft.DurableTask;

namespace FaceSwap.LocalHost.Durable.Execution;

/// <summary>The code of an orchestrator: reads its input from the context, returns its output before serialisation.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context, Func<Type, object?> readInput);
